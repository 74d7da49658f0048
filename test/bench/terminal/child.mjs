// The programs that run in the panes of the bench: `node child.mjs KIND [ARG…]`. Those with a GATE begin when that file is there.
//   echo                    prints a marker for every key
//   ticker MS               prints the time (ns, monotonic) every so often
//   stream BPS              prints coloured lines like an agent's, so many bytes a second
//   seq GATE N              what seq(1) prints, then a last line
//   cat GATE FILE TIMES     the file so many times, then a last line
//   idle                    nothing more than a first line
import {spawn} from 'node:child_process';
import {createReadStream, existsSync} from 'node:fs';

const colours = [31, 32, 33, 34, 35, 36];

/** A line as a coding agent prints it: a bullet, a path in colour, some words, a result folded under it. */
export const agentLine = n =>
	`\u001b[1m\u25cf\u001b[0m \u001b[${colours[n % 6]}mUpdate\u001b[0m(src/feature-${n % 97}/index.ts) \u001b[2m${'x'.repeat(n % 23)}\u001b[0m line ${n}: \u001b[38;5;${16 + (n % 200)}m+${n % 50}\u001b[0m \u001b[48;5;22m  return value;\u001b[0m\r\n`;

/** What a flood ends with. */
export const end = '=== end ===';
const last = `\r\n${end}\r\n`;
const hold = () => setInterval(() => {}, 1000);
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function opened(gate) {
	process.stdout.write('ready\r\n');
	while (!existsSync(gate)) await sleep(2);
}

function finish() {
	process.stdout.write(last);
	hold();
}

const kinds = {
	echo() {
		let count = 0;
		process.stdin.setRawMode(true);
		process.stdout.write('ready\r\n');
		process.stdin.on('data', data => {
			count += data.length;
			process.stdout.write(`\r<key${count}>`);
		});
	},
	ticker(ms) {
		let n = 0;
		setInterval(() => {
			n++;
			process.stdout.write(`\r<tick${n}@${process.hrtime.bigint()}>`);
		}, Number(ms));
	},
	stream(bytesPerSecond) {
		const bytesEach = Number(bytesPerSecond) / 50;
		let n = 0;
		setInterval(() => {
			let text = '';
			while (text.length < bytesEach) text += agentLine(n++);
			process.stdout.write(text);
		}, 20);
	},
	async seq(gate, count) {
		await opened(gate);
		spawn('seq', ['1', count], {stdio: ['ignore', 'inherit', 'inherit']}).on('exit', finish);
	},
	async cat(gate, file, times) {
		await opened(gate);
		for (let time = 0; time < Number(times); time++) {
			for await (const chunk of createReadStream(file, {highWaterMark: 65_536})) process.stdout.write(chunk);
		}
		finish();
	},
	idle() {
		process.stdout.write('ready\r\n');
		hold();
	},
};

const [, program, kind, ...words] = process.argv;
if (program?.endsWith('child.mjs')) kinds[kind](...words);
