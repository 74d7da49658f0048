// Records without end, until it is killed: `node endless-recorder.mjs FILE`.
import {loadSource} from '../../scripts/load-source.mjs';

const {createRecorder} = await loadSource('src/screen/recording.ts');
const {createRedactor} = await loadSource('src/kernel/redact.ts');
const {systemClock} = await loadSource('src/kernel/clock.ts');

const [file] = process.argv.slice(2);
const recorder = createRecorder({file, cols: 80, rows: 24, clock: systemClock, redact: createRedactor([])});
for (let n = 0; ; n++) {
	recorder.output(`line ${n} ${'日本語 '.repeat(2000)}\r\n`);
	if (n % 20 === 0) await new Promise(resolve => setTimeout(resolve, 1));
}
