import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {makeDemoWorld, pilot} from '../support/demo-world.js';
import {scratch, type World} from '../support/workspace.js';
import {openTmux} from './tmux.js';

/** A program that says what it is given, in 200 numbered lines first. */
const echo = 'seq -f "line %g of it" 1 200; echo READY; while read -r line; do echo "heard: $line"; done';

const config = (sessions: number) =>
	`agent: command\ncommand:\n  argv: ["sh", "-c", ${JSON.stringify(echo)}, "{prompt}"]\nsessions: {max: ${sessions}}\ntargets:\n  - {name: app, path: ../app}\n`;

const makeWorld = (root: string, sessions: number): World & AsyncDisposable => {
	const missions = Array.from({length: sessions}, (_, n) => `- [ ] Listen ${n + 1} ^m-liste${n + 1}`);
	const world = makeDemoWorld(root, `## Pending\n${missions.join('\n')}\n`, config(sessions));
	return {...world, [Symbol.asyncDispose]: async () => void (await pilot(world, ['stop', '--now']))};
};

const open = (dir: string, world: World, cols: number, rows: number, args: readonly string[] = []) =>
	openTmux(dir, {cols, rows, cwd: world.workspace, home: world.home, args});

test('four sessions side by side; a number looks at one, z gives it the window', {timeout: 60_000}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, 4);
	using terminal = open(place.dir, world, 200, 50);
	const screen = await terminal.see(/(?:READY[\s\S]*){4}/);
	for (const n of [1, 2, 3, 4]) expect(screen).toContain(`^m-liste${n} command`);
	expect(screen.match(/READY/g)).toHaveLength(4);
	terminal.press('3');
	await terminal.see('━━ 3/4 ^m-liste3');
	terminal.press('z');
	const zoomed = await terminal.miss('Queue');
	expect(zoomed.match(/READY/g)).toHaveLength(1);
	expect(zoomed).toContain('Listen 3');
});

test('what is typed reaches the session until the detach key; two may watch, one types, and both see who', {
	timeout: 60_000,
}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, 1);
	using first = open(place.dir, world, 120, 40);
	await first.see('READY');
	using place2 = scratch();
	using second = open(place2.dir, world, 90, 24, ['attach', 'm-liste1']);
	await second.see('you type');
	await first.see(/ types ━|types ─/);
	second.press('-l', 'from the second');
	second.press('Enter');
	await second.see('heard: from the second');
	await first.see('heard: from the second');
	first.press('Tab');
	first.press('a');
	await first.see('you type');
	await second.see('You no longer type into the session');
	await second.see('types now.');
	second.press('-l', 'xpq');
	second.press('Escape');
	await second.miss('You no longer type');
	first.press('-l', 'q?nsx äöü 日本');
	first.press('Enter');
	await second.see('heard: q?nsx äöü 日本');
	first.press('C-]');
	await first.miss('you type');
	await first.see('a attach');
	await second.miss(/ types/);
	first.press('?');
	await first.see('closes this');
});

test('the history is scrolled, searched, copied and saved', {timeout: 60_000}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, 1);
	using terminal = open(place.dir, world, 100, 30);
	await terminal.see('READY');
	terminal.press('1');
	terminal.press('[');
	await terminal.see('copy mode');
	terminal.press('g');
	await terminal.see('line 1 of it');
	terminal.press('/');
	await terminal.see('Search this pane');
	terminal.press('-l', 'LINE 1');
	terminal.press('Enter');
	await terminal.see('/LINE 1 0/0');
	terminal.press('/');
	await terminal.see('Search this pane');
	terminal.press('-l', 'line 12');
	terminal.press('Enter');
	await terminal.see(/\/line 12 \d+\/11/);
	terminal.press('s');
	await terminal.see('saved:');
	const clips = path.join(world.workspace, '.pilot/clips');
	const [file = ''] = readdirSync(clips);
	const text = readFileSync(path.join(clips, file), 'utf8');
	expect(text).toContain('line 1 of it\nline 2 of it\n');
	expect(text.trimEnd().endsWith('READY')).toBe(true);
	terminal.press('q');
	await terminal.miss('copy mode');
	await terminal.see('READY');
});

/** Where a text stands on the screen, in cells from 0. */
function placeOf(screen: string, text: string): readonly [x: number, y: number] {
	const rows = screen.split('\n');
	const y = rows.findIndex(row => row.includes(text));
	return [rows[y]?.indexOf(text) ?? -1, y];
}

test('characters are selected with keys and with the mouse, and copied', {timeout: 60_000}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, 1);
	using terminal = open(place.dir, world, 100, 30);
	const screen = await terminal.see('READY');
	expect(terminal.hearsMouse()).toBe(true);
	const [x, y] = placeOf(screen, 'line 200 of it');
	terminal.drag([x + 5, y], [x + 6, y], [x + 10, y]);
	await terminal.see('6 characters copied');
	expect(terminal.clipboard()).toBe('200 of');
	await terminal.miss('copy mode');
	terminal.drag([x + 5, y - 1], [x + 3, y]);
	await terminal.see('2 lines copied');
	expect(terminal.clipboard()).toBe('199 of it\nline');
	await terminal.miss('copy mode');
	terminal.press('[');
	await terminal.see('copy mode');
	for (const key of ['G', 'k', 'k', 'w', 'v', 'e', 'e']) terminal.press(key);
	await terminal.see('selecting characters');
	terminal.press('y');
	await terminal.see('6 characters copied');
	expect(terminal.clipboard()).toBe('200 of');
	terminal.press('a');
	await terminal.see('you type');
	terminal.drag([x, y], [x, y]);
	terminal.drag([x, y], [x, y]);
	await terminal.see('4 characters copied');
	expect(terminal.clipboard()).toBe('line');
	terminal.press('-l', 'still typing');
	terminal.press('Enter');
	await terminal.see('heard: still typing');
});

test('in tmux, as it comes, what is copied is in its buffer', {timeout: 60_000}, async () => {
	using place = scratch();
	await using world = makeWorld(place.dir, 1);
	using terminal = openTmux(place.dir, {
		...{cols: 100, rows: 30, cwd: world.workspace, home: world.home, args: [], knowsTmux: true},
	});
	const [x, y] = placeOf(await terminal.see('READY'), 'line 200 of it');
	terminal.drag([x, y - 1], [x + 7, y]);
	await terminal.see('2 lines copied, by way of tmux');
	expect(terminal.clipboard()).toBe('line 199 of it\nline 200');
});

test('R plays what a mission recorded, and the dashboard comes back', {timeout: 60_000}, async () => {
	using place = scratch();
	const world = makeDemoWorld(place.dir, '## Pending\n- [ ] Look at the greeting ^m-look01\n');
	using terminal = open(place.dir, world, 120, 30);
	try {
		await terminal.see(/✓ .*Look at the greeting/);
		terminal.press('R');
		await terminal.see('space pause');
		await terminal.see('I read the project first');
		terminal.press('n');
		terminal.press('q');
		await terminal.see(/━━ Queue/);
		terminal.press('q');
		await terminal.see('stop the pilot');
		terminal.press('s');
		await terminal.see('[exited 0]');
	} finally {
		await pilot(world, ['stop', '--now']);
	}
});
