import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, test} from 'vitest';
import {openSideThread, type Task} from '../../src/kernel/side-thread.js';
import {scratch} from '../support/workspace.js';

const echo: Task<string, string> = async input => `here: ${input}`;

/** A thread whose program is this text; it gets `parentPort`. */
function threadOf(dir: string, text: string) {
	const file = path.join(dir, 'program.mjs');
	writeFileSync(file, `import {parentPort} from 'node:worker_threads';\n${text}`);
	return openSideThread(pathToFileURL(file), {echo});
}

test('without its program the work is done here', async () => {
	using place = scratch('side');
	const call = openSideThread(pathToFileURL(path.join(place.dir, 'not-there.mjs')), {echo});
	await expect(call('echo', 'a')).resolves.toBe('here: a');
});

test('answers come to whom they belong, errors with their words', async () => {
	using place = scratch('side');
	const call = threadOf(
		place.dir,
		`const held = [];
		parentPort.on('message', ({id, input}) => {
			held.push({id, input});
			if (held.length < 3) return;
			for (const {id, input} of held.reverse())
				parentPort.postMessage(input === 'bad' ? {id, ok: false, why: 'no such thing'} : {id, ok: true, output: input});
		});`,
	);
	const answers = await Promise.allSettled([call('echo', 'a'), call('echo', 'bad'), call('echo', 'c')]);
	expect(answers).toMatchObject([{value: 'a'}, {reason: {message: 'no such thing'}}, {value: 'c'}]);
});

test.each([
	['ends', 'parentPort.once("message", () => process.exit(3));', 'exit 3'],
	['throws', 'parentPort.once("message", () => { throw new Error("broken"); });', 'broken'],
	[
		'runs out of memory',
		'parentPort.once("message", () => { const all = []; for (;;) all.push("x".repeat(999) + all.length); });',
		'memory',
	],
	['cannot be loaded', 'import "./nothing.mjs";', 'nothing.mjs'],
])('a thread that %s: what it was at is told, what comes next is done here', async (_, text, why) => {
	using place = scratch('side');
	const call = threadOf(place.dir, text);
	await expect(call('echo', 'a')).rejects.toThrow(why);
	await expect(call('echo', 'b')).resolves.toBe('here: b');
});
