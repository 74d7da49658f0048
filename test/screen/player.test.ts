import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Cast, CastEvent} from '../../src/screen/cast.js';
import {openEmulator, written} from '../../src/screen/emulator.js';
import {createPlayer, type PlayerOptions} from '../../src/screen/player.js';
import {createTerminalScreen} from '../../src/screen/terminal-screen.js';
import {watchState} from '../../src/screen/terminal-state.js';

const header = {cols: 20, rows: 5, startedMs: 0};
const output = (atMs: number, text: string): CastEvent => ({atMs, kind: 'output', text});
const cast: Cast = {
	header,
	events: [
		output(1000, 'one\r\n'),
		output(2000, 'two\r\n'),
		{atMs: 3000, kind: 'resize', cols: 30, rows: 6},
		output(60_000, '\u001b[31mthree'),
	],
	damaged: 0,
};

function rig(more: Partial<PlayerOptions<{atMs: number; label: string}>> = {}) {
	let nowMs = 0;
	const player = createPlayer({cast, now: () => nowMs, ...more});
	return {
		player,
		rows: () => player.screen.visibleRows().map(row => row.replaceAll(/\u001b\[[\d;]*m/g, '')),
		tick(ms: number) {
			nowMs += ms;
			return player.advance();
		},
		[Symbol.dispose]: () => player.dispose(),
	};
}

describe('transport', () => {
	test('plays, pauses, and ends at its end', async () => {
		using place = rig();
		const {player} = place;
		await place.tick(5000);
		expect(place.rows()[0]).toBe('');
		player.play();
		await place.tick(1500);
		expect(place.rows().slice(0, 2)).toEqual(['one', '']);
		player.toggle();
		await place.tick(5000);
		expect([player.position, player.isPlaying, place.rows()[1]]).toEqual([1500, false, '']);
		player.toggle();
		await place.tick(100_000);
		expect([player.position, player.duration, player.isPlaying]).toEqual([60_000, 60_000, false]);
		expect(place.rows()).toEqual(['one', 'two', 'three', '', '', '']);
		player.play();
		await place.tick(1000);
		expect([player.position, place.rows()[1]]).toEqual([1000, '']);
	});

	test('runs at any of its speeds, from where it was', async () => {
		using place = rig();
		const {player} = place;
		player.play();
		await place.tick(1000);
		player.setSpeed(3.8);
		expect(player.speed).toBe(4);
		await place.tick(1000);
		expect(player.position).toBe(5000);
		for (let n = 0; n < 10; n++) player.slower();
		expect(player.speed).toBe(0.25);
		await place.tick(1000);
		expect(player.position).toBe(5250);
		for (let n = 0; n < 10; n++) player.faster();
		expect(player.speed).toBe(16);
	});

	test('seeks forward and back, with the size of that time', async () => {
		using place = rig();
		const {player} = place;
		await player.seek(3500);
		expect([player.screen.cols, player.screen.rows, place.rows().slice(0, 2)]).toEqual([30, 6, ['one', 'two']]);
		await player.seek(1000);
		expect([player.screen.cols, player.screen.rows, place.rows()]).toEqual([20, 5, ['one', '', '', '', '']]);
		await player.seek(-5);
		expect([player.position, place.rows()[0]]).toEqual([0, '']);
		await player.seek(1e9);
		expect(player.position).toBe(60_000);
	});

	test('the newest of many wishes counts', async () => {
		using place = rig();
		const {player} = place;
		const wishes = [60_000, 1000, 60_000, 0, 2000].map(at => player.seek(at));
		await Promise.all(wishes);
		expect([player.position, place.rows().slice(0, 3)]).toEqual([2000, ['one', 'two', '']]);
	});

	test('goes from marker to marker', async () => {
		const markers = [
			{atMs: 60_000, label: 'c'},
			{atMs: 1500, label: 'a'},
			{atMs: 2500, label: 'b'},
		];
		using place = rig({markers});
		const {player} = place;
		expect((await player.nextMarker())?.label).toBe('a');
		expect((await player.nextMarker())?.label).toBe('b');
		expect(player.position).toBe(2500);
		expect((await player.previousMarker())?.label).toBe('a');
		expect(await player.previousMarker()).toBeUndefined();
		await player.seek(60_000);
		expect(await player.nextMarker()).toBeUndefined();
	});

	test('no pause is longer than asked, for markers too', async () => {
		using place = rig({
			squeezeSeconds: 2,
			markers: [
				{atMs: 50_000, label: 'late'},
				{atMs: 59_999, label: 'later'},
			],
		});
		expect(place.player.duration).toBe(5000);
		expect(place.player.markers.map(({atMs}) => atMs)).toEqual([5000, 5000]);
	});
});

const bit = fc.oneof(
	fc.constantFrom(
		'word ',
		'日本',
		'\r\n',
		'\r',
		'\t',
		'x'.repeat(20),
		'y'.repeat(33),
		'\u001b[K',
		'\u001b[J',
		'\u001b[2J',
	),
	fc.constantFrom(
		'\u001b[1;31m',
		'\u001b[0m',
		'\u001b[m',
		'\u001b[48;2;1;2;3m',
		'\u001b[38;5;200m',
		'\u001b[0;4m',
		'\u001b[7m',
		'\u001b[4:3m',
	),
	fc.constantFrom(
		'\u001b7',
		'\u001b8',
		'\u001b[s',
		'\u001b[u',
		'\u001b[?1049h',
		'\u001b[?1049l',
		'\u001b[2;4r',
		'\u001b[r',
		'\u001bM',
		'\u001bD',
	),
	fc.constantFrom(
		'\u001b[?7l',
		'\u001b[?7h',
		'\u001b[4h',
		'\u001b[4l',
		'\u001b[?6h',
		'\u001b[?6l',
		'\u001b(0',
		'\u001b(B',
		'qqx',
		'\u001bc',
	),
	fc.constantFrom(
		'\u001b[A',
		'\u001b[3D',
		'\u001b[2C',
		'\u001b[3;5H',
		'\u001b[L',
		'\u001b[M',
		'\u001b[2P',
		'\u001b[3@',
		'\u001b[S',
		'\u001b[T',
	),
);

test('the state of a terminal brings another one to where it is: what comes after looks the same', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(bit, {maxLength: 40}), fc.array(bit, {maxLength: 20}), async (before, after) => {
			// Half a wide character, left behind by an edit within the line, is a blank afterwards.
			const all = [...before, ...after];
			fc.pre(!(all.includes('日本') && all.some(part => part === '\u001b[2P' || part === '\u001b[3@')));
			const straight = createTerminalScreen({cols: 20, rows: 5, scrollback: 200});
			const jumped = createTerminalScreen({cols: 20, rows: 5, scrollback: 200});
			const emulator = openEmulator({cols: 20, rows: 5, scrollback: 200});
			const state = watchState(emulator);
			await written(emulator, before.join(''));
			const shown = (screen: typeof straight, text: string) =>
				new Promise<void>(resolve => screen.write(text, resolve));
			await shown(straight, before.join(''));
			await shown(jumped, `left over\u001b[?1049h\u001b[2;3r\u001b[?7l${await state()}`);
			expect(jumped.visibleRows()).toEqual(straight.visibleRows());
			await shown(straight, after.join(''));
			await shown(jumped, after.join(''));
			expect(jumped.visibleRows()).toEqual(straight.visibleRows());
			for (const one of [straight, jumped, emulator]) one.dispose();
		}),
		{numRuns: 400, seed: 7},
	);
});

test('a jump within a recording of 60 MB takes less than 300 ms, and shows what playing it through shows', async () => {
	const events: CastEvent[] = [];
	for (let n = 0; n < 4000; n++) {
		let text = '';
		for (let line = 0; line < 150; line++)
			text += `\u001b[3${line % 8}mevent ${n} line ${line}\u001b[0m ${'some words of output '.repeat(4)}\r\n`;
		events.push(output(n * 1000, text.slice(0, 15_000)));
	}
	const big = {header: {cols: 100, rows: 30, startedMs: 0}, events, damaged: 0};
	using place = rig({cast: big});
	const {player} = place;
	await player.ready;
	const times: number[] = [];
	for (const atMs of [3_999_000, 10_000, 2_000_000, 1_999_000, 3_000_500, 0, 3_998_000]) {
		const startedMs = performance.now();
		await player.seek(atMs);
		times.push(performance.now() - startedMs);
	}
	console.log(`jumps in 60 MB: ${times.map(ms => ms.toFixed(0)).join(', ')} ms`);
	expect(Math.max(...times)).toBeLessThan(300);
	const straight = createTerminalScreen({cols: 100, rows: 30, scrollback: 100});
	for (const event of events.slice(3900, 3999))
		await new Promise<void>(resolve => straight.write(event.kind === 'output' ? event.text : '', resolve));
	expect(player.screen.visibleRows()).toEqual(straight.visibleRows());
});
