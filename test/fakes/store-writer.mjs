// Writes facts and snapshots with pilot's own store into a folder, and says each fact's number once it is acknowledged.
import path from 'node:path';
import {loadSource} from '../../scripts/load-source.mjs';

const {openStore} = await loadSource('src/supervisor/store.ts');
const [, , folder, mode] = process.argv;
const store = await openStore({
	pilotDir: path.join(folder, '.pilot'),
	stateFile: path.join(folder, 'state', 'm.json'),
	machine: 'm',
	clock: {now: Date.now},
});

if (mode === 'look') {
	const {damaged, state} = store;
	const numbers = store.after(0).map(fact => fact.seq);
	const gaps = numbers.filter((number, index) => index > 0 && number !== numbers[index - 1] + 1);
	process.stdout.write(JSON.stringify({damaged, seq: state.seq, first: numbers[0] ?? 0, gaps}));
	process.exit(0);
}

const filling = 'x'.repeat(4000);
for (;;) {
	for (let count = 0; count < 10; count++) {
		const {seq} = store.emit('storage.damaged', {what: filling});
		process.stdout.write(`${seq}\n`);
	}
	await store.save();
	await new Promise(resolve => setImmediate(resolve));
}
