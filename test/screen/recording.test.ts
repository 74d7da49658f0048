import {appendFileSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createRedactor} from '../../src/kernel/redact.js';
import {durationOf, readCast} from '../../src/screen/cast.js';
import {createRecorder, type RecorderOptions} from '../../src/screen/recording.js';
import {createTerminalScreen} from '../../src/screen/terminal-screen.js';
import {scratch} from '../support/workspace.js';

const startMs = Date.UTC(2026, 0, 30, 12) + 250;
const secret = 'hunter2-hunter2';
const redact = createRedactor([secret]);

function fakeClock() {
	let nowMs = startMs;
	let timers: {atMs: number; run: () => void}[] = [];
	return {
		now: () => nowMs,
		at(atMs: number, run: () => void) {
			const timer = {atMs, run};
			timers.push(timer);
			return () => {
				timers = timers.filter(other => other !== timer);
			};
		},
		/** The process is killed: nothing of it happens any more. */
		die() {
			timers = [];
		},
		tick(ms: number) {
			nowMs += ms;
			const due = timers.filter(timer => timer.atMs <= nowMs);
			timers = timers.filter(timer => timer.atMs > nowMs);
			for (const timer of due) timer.run();
		},
	};
}

function rig(more: Partial<RecorderOptions> = {}) {
	const place = scratch();
	const file = path.join(place.dir, 'runs', 'session.cast');
	const clock = fakeClock();
	const open = (again: Partial<RecorderOptions> = {}) =>
		createRecorder({file, cols: 100, rows: 30, clock, redact, ...more, ...again});
	const lines = () => readFileSync(file, 'utf8').trim().split('\n');
	return {
		file,
		clock,
		open,
		lines,
		cast: () => readCast(file),
		printed: () => textOf(file),
		[Symbol.dispose]: () => place[Symbol.dispose](),
	};
}

const textOf = (file: string) =>
	readCast(file)
		.events.map(event => (event.kind === 'output' ? event.text : ''))
		.join('');

test('a recording is asciicast version 2, for its owner alone', () => {
	using place = rig({title: `a title with ${secret}`});
	const recorder = place.open();
	recorder.output('hello ');
	place.clock.tick(20);
	recorder.output('world\n');
	place.clock.tick(30);
	recorder.resize(80, 24);
	place.clock.tick(1000);
	recorder.mark(`look: ${secret}`);
	recorder.end();
	expect(place.lines().map(line => JSON.parse(line))).toEqual([
		{
			version: 2,
			width: 100,
			height: 30,
			timestamp: Math.floor(startMs / 1000),
			env: {TERM: 'xterm-256color'},
			title: 'a title with [secret]',
		},
		[0.25, 'o', 'hello world\n'],
		[0.3, 'r', '80x24'],
		[1.3, 'm', 'look: [secret]'],
	]);
	expect(statSync(place.file).mode & 0o777).toBe(0o600);
	expect(durationOf(place.cast())).toBe(1300);
});

test('a line end may bring the cursor back, also one that was cut', () => {
	using place = rig({convertEol: true});
	const recorder = place.open();
	for (const piece of ['a\n', 'b\r', '\nc\r\n\n', 'd']) recorder.output(piece);
	recorder.end();
	expect(place.printed()).toBe('a\r\nb\r\nc\r\n\r\nd');
});

describe('however the output is cut', () => {
	const pieces = fc.array(
		fc.oneof(
			fc.constantFrom(secret, 'sk-ant-', 'a'.repeat(20), 'é', '日本', '😀', '\u001b[31m', ' '),
			fc.string({unit: 'binary'}),
		),
		{maxLength: 10},
	);

	test('the text is the redacted whole; bytes and characters may be cut anywhere', () => {
		fc.assert(
			fc.property(pieces, fc.array(fc.nat(200), {maxLength: 10}), fc.boolean(), (words, cuts, quiet) => {
				using whole = rig();
				using cut = rig();
				const bytes = Buffer.from(words.join(''));
				const one = whole.open();
				one.output(bytes);
				one.end();
				const many = cut.open();
				const places = [...new Set([0, ...cuts.filter(at => at < bytes.length), bytes.length])].sort((a, b) => a - b);
				for (const [index, from] of places.entries()) {
					many.output(bytes.subarray(from, places[index + 1] ?? from));
					if (quiet) cut.clock.tick(500);
				}
				many.end();
				expect(cut.printed()).toBe(whole.printed());
				expect(readFileSync(cut.file, 'utf8')).not.toContain(secret);
			}),
			{numRuns: 300},
		);
	});

	test('a secret is never in the file, whichever byte it is cut at and however long the pause', () => {
		for (let at = 0; at <= secret.length; at++) {
			using place = rig();
			const recorder = place.open();
			recorder.output(`a ${secret.slice(0, at)}`);
			place.clock.tick(5000);
			recorder.mark('between');
			recorder.output(`${secret.slice(at)} b`);
			recorder.end();
			expect(place.printed()).toBe('a [secret] b');
		}
	});

	test('nor one that is typed', () => {
		using place = rig();
		const recorder = place.open();
		for (const key of secret) {
			recorder.output(key);
			place.clock.tick(300);
		}
		recorder.end();
		expect(place.printed()).toBe('[secret]');
	});
});

test('much output becomes few events of bounded length, and what is quiet is in the file at once', () => {
	using place = rig();
	const recorder = place.open();
	for (let n = 0; n < 1000; n++) recorder.output('0123456789');
	expect(place.lines().length).toBe(1);
	place.clock.tick(50);
	expect(place.lines().length).toBe(2);
	recorder.output('😀'.repeat(100_000));
	recorder.end();
	expect(place.printed()).toBe('0123456789'.repeat(1000) + '😀'.repeat(100_000));
	for (const line of place.lines()) expect(line.length).toBeLessThan(80_000);
});

describe('a second process', () => {
	test('goes on with the file, its time and one header; a torn last line is cut off', () => {
		using place = rig();
		const first = place.open();
		first.output('one\r\n');
		place.clock.tick(60);
		first.output('lost');
		place.clock.die();
		appendFileSync(place.file, '[0.9,"o","tor');
		place.clock.tick(60_000);
		const second = place.open({cols: 120, rows: 40});
		second.output('two!\r\n');
		second.end();
		const {events, damaged} = place.cast();
		expect(damaged).toBe(0);
		expect(place.lines().filter(line => line.startsWith('{')).length).toBe(1);
		expect(events).toMatchObject([
			{atMs: 250, text: 'one\r\n'},
			{atMs: 60_310, kind: 'mark', label: 'resumed'},
			{atMs: 60_310, kind: 'resize', cols: 120, rows: 40},
			{atMs: 60_310, text: '\u001bc'},
			{atMs: 60_310, text: 'two!\r\n'},
		]);
	});

	test('starts anew when the first did not get as far as its header', () => {
		using place = rig();
		place.open().end();
		truncateSync(place.file, 10);
		const second = place.open();
		second.output('two!');
		second.end();
		expect(place.cast()).toMatchObject({damaged: 0, header: {cols: 100}, events: [{text: 'two!'}]});
	});

	test('does not go back in time when the clock did', () => {
		using place = rig();
		const first = place.open();
		place.clock.tick(10_000);
		first.output('one');
		first.end();
		place.clock.tick(-8000);
		const second = place.open();
		second.output('two');
		second.end();
		const times = place
			.lines()
			.slice(1)
			.map(line => JSON.parse(line)[0]);
		expect(times).toEqual([...times].sort((a, b) => a - b));
	});
});

test('a file that is full says so, once, and stays below its bound', () => {
	using place = rig({mostBytes: 10_000});
	const recorder = place.open();
	for (let n = 0; n < 100; n++) {
		recorder.output('x'.repeat(500));
		place.clock.tick(60);
	}
	recorder.mark('later');
	recorder.end();
	place.open().end();
	expect(statSync(place.file).size).toBeLessThanOrEqual(10_000);
	expect(statSync(place.file).size).toBeGreaterThan(8000);
	const marks = place.cast().events.filter(event => event.kind === 'mark');
	expect(marks).toMatchObject([{label: expect.stringContaining('recording stopped')}]);
});

test('a disk that is full ends the recording with one note, never the session', () => {
	using place = rig();
	const notes: string[] = [];
	const recorder = place.open({file: '/dev/full', onTrouble: why => notes.push(why)});
	recorder.output('x');
	place.clock.tick(60);
	recorder.resize(10, 10);
	recorder.mark('m');
	recorder.end();
	expect(notes).toEqual([expect.stringContaining('/dev/full: the recording ends here')]);
});

test('a folder that cannot be made is the same', () => {
	using place = rig();
	const blocked = path.join(path.dirname(path.dirname(place.file)), 'file');
	writeFileSync(blocked, '');
	const notes: string[] = [];
	const recorder = place.open({file: path.join(blocked, 'x', 'session.cast'), onTrouble: why => notes.push(why)});
	recorder.output('x');
	recorder.end();
	expect(notes.length).toBe(1);
});

describe('a flood', () => {
	const screenOf = () => createTerminalScreen({cols: 100, rows: 30, scrollback: 0});

	test('only the screen is kept, twenty times a second, and what follows is exact again', async () => {
		using place = rig();
		const screen = screenOf();
		const recorder = place.open({snapshot: screen.snapshot});
		const print = (text: string) =>
			new Promise<void>(resolve => {
				const bytes = Buffer.from(text);
				screen.write(bytes, () => {
					recorder.output(bytes);
					resolve();
				});
			});
		await print('before\r\n');
		place.clock.tick(100);
		for (let n = 0; n < 2000; n++) {
			await print(`\u001b[32mline ${n}\u001b[0m ${'x'.repeat(500)}\r\n`);
			if (n % 20 === 0) place.clock.tick(1);
		}
		place.clock.tick(60);
		place.clock.tick(60);
		await print('after');
		place.clock.tick(60);
		await print(' it\u001b[1m, bold\u001b[0m\r\n');
		place.clock.tick(60);
		recorder.end();
		expect(statSync(place.file).size).toBeLessThan(200_000);
		const replayed = screenOf();
		await new Promise<void>(resolve => replayed.write(place.printed(), resolve));
		expect(replayed.visibleRows()).toEqual(screen.visibleRows());
		expect(replayed.cursor).toEqual(screen.cursor);
		const marks = place.cast().events.flatMap(event => (event.kind === 'mark' ? [event.label] : []));
		expect(marks).toEqual(['too much to read: only the screen is kept', 'the flood is over']);
	});

	test('a secret on the screen is taken out, whatever colours it has', () => {
		using place = rig();
		const screen = screenOf();
		const recorder = place.open({snapshot: screen.snapshot});
		const bytes = Buffer.from(`${'x'.repeat(200_000)}\r\n\u001b[31mhunter2\u001b[32m-hunter2\u001b[0m\r\n`);
		screen.write(bytes.subarray(-100));
		recorder.output(bytes);
		place.clock.tick(60);
		recorder.end();
		expect(readFileSync(place.file, 'utf8')).toContain('[secret]');
		expect(place.printed().replaceAll(/\u001b\[[\d;]*m/g, '')).not.toContain(secret);
	});

	test('it does not end in the middle of a sequence', async () => {
		using place = rig();
		const screen = screenOf();
		const recorder = place.open({snapshot: screen.snapshot});
		for (const text of ['x'.repeat(200_000), 'y\u001b[', '31mred\r\n']) {
			screen.write(Buffer.from(text.slice(-90)));
			recorder.output(Buffer.from(text));
			place.clock.tick(60);
		}
		place.clock.tick(60);
		recorder.end();
		const replayed = screenOf();
		await new Promise<void>(resolve => replayed.write(place.printed(), resolve));
		expect(replayed.visibleRows()).toEqual(screen.visibleRows());
	});

	test('costs next to nothing', () => {
		using place = rig();
		const recorder = place.open({snapshot: screenOf().snapshot});
		const piece = Buffer.from(`${'1234567\r\n'.repeat(455)}`);
		const started = performance.now();
		for (let n = 0; n < 5000; n++) {
			recorder.output(piece);
			if (n % 100 === 0) place.clock.tick(50);
		}
		expect((5000 * piece.length) / 1000 / (performance.now() - started)).toBeGreaterThan(100);
	});
});
