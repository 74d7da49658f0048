import {expect, test} from 'vitest';
import {createReplayPainter, statusLine} from '../../src/app/replay-picture.js';
import type {ColourDepth} from '../../src/screen/index.js';

const E = '\u001b';

function painted(depth: ColourDepth, ...pictures: string[][]): string[] {
	const written: string[] = [];
	const painter = createReplayPainter({columns: 20, rows: 3, write: text => written.push(text)}, depth);
	for (const rows of pictures) painter.paint(rows, 'status');
	return written;
}

const coloured = `${E}[1;38;2;255;0;0mred${E}[0m`;

test.each<[ColourDepth, string]>([
	['none', `${E}[1mred`],
	['16', `${E}[1;91mred`],
	['256', `${E}[1;38;5;196mred`],
	['true', `${E}[1;38;2;255;0;0mred`],
])('a terminal of %s colours gets no others', (depth, row) => {
	expect(painted(depth, [coloured, ''])[0]).toContain(`${E}[1;1H${row}`);
});

test('each picture comes at once, and of the next one only what changed', () => {
	const [first = '', second = '', ...more] = painted('true', ['a', 'b'], ['a', 'c'], ['a', 'c']);
	for (const text of [first, second]) {
		expect(text.startsWith(`${E}[?2026h`)).toBe(true);
		expect(text.endsWith(`${E}[?2026l`)).toBe(true);
	}
	expect(first).toContain(`${E}[2J`);
	expect(second).toBe(`${E}[?2026h${E}[2;1Hc${E}[0m${E}[K${E}[?2026l`);
	expect(more).toEqual([]);
});

test('80 columns hold the way out, the keys and the time, whatever an agent calls what it did', () => {
	const marker = {atMs: 0, kind: 'question' as const, label: `which${E}[2J\none? ${'x'.repeat(200)}`};
	const player = {isPlaying: true, position: 3_600_000, duration: 36_000_000, speed: 0.25, markers: [marker]};
	const line = statusLine(player, 'title');
	expect(line.slice(0, 80)).toMatch(
		/^ q quit · space pause · \? keys · ▶ 1:00:00 \/ 10:00:00 ×0\.25 · question: which/,
	);
});
