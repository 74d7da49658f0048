import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {readMemoryEntries, readMemoryPages} from '../../src/app/memory.js';
import memory from '../../src/commands/memory.js';
import {Command, type CommandInput} from '../../src/domain/command.js';
import {Config} from '../../src/domain/config.js';
import {PilotError} from '../../src/domain/pilot-error.js';
import type {Context} from '../../src/supervisor/context.js';
import {obeyCommand} from '../../src/supervisor/obey.js';
import {scratch} from '../support/workspace.js';

function aPilot() {
	const place = scratch('remember');
	const commits: string[] = [];
	const context = {
		...{workspace: place.dir, config: Config.parse({timezone: 'UTC'}), log: {warn() {}}},
		clock: {now: () => Date.parse('2026-11-21T12:00:00Z')},
		redact: (text: string) => text.replaceAll('hunter2', '[redacted]'),
		git: {
			remote: undefined,
			commit: async ([file]: string[], message: string) => void commits.push(`${file} ${message}`),
		},
	} as unknown as Context;
	return {
		...{workspace: place.dir, commits},
		say: (command: CommandInput) => obeyCommand(context, Command.parse(command)),
		texts: () => readMemoryEntries(place.dir).map(({was}) => was),
		[Symbol.dispose]: () => place[Symbol.dispose](),
	};
}

test('the pilot adds, changes and forgets a line, keeps secrets out of it, and commits its file', async () => {
	using pilot = aPilot();
	expect(await pilot.say({type: 'memory.add', text: 'The password is hunter2'})).toMatchObject({ok: true});
	expect(await pilot.say({type: 'memory.add', kind: 'learning', text: 'Use pnpm'})).toMatchObject({ok: true});
	expect(pilot.texts()).toEqual(['The password is [redacted] (you, 2026-11-21)', 'Use pnpm (you, 2026-11-21)']);
	const was = 'Use pnpm (you, 2026-11-21)';
	expect(await pilot.say({type: 'memory.edit', kind: 'learning', was, text: 'Use bun'})).toMatchObject({ok: true});
	expect(await pilot.say({type: 'memory.forget', kind: 'learning', was})).toMatchObject({code: 'MEMORY_UNKNOWN'});
	const now = 'Use bun (you, 2026-11-21)';
	expect(await pilot.say({type: 'memory.forget', kind: 'learning', was: now})).toMatchObject({ok: true});
	expect(await pilot.say({type: 'memory.add', text: 'the password is [REDACTED]'})).toMatchObject({
		code: 'MEMORY_KNOWN',
	});
	expect(pilot.texts()).toEqual(['The password is [redacted] (you, 2026-11-21)']);
	expect(pilot.commits).toEqual([
		'memory/human-preferences.md Memory: add a preference',
		'memory/learnings.md Memory: add a learning',
		'memory/learnings.md Memory: edit a learning',
		'memory/learnings.md Memory: forget a learning',
	]);
});

test('a line that was forgotten comes back where it stood, with where it came from, whatever changed around it; once', async () => {
	using pilot = aPilot();
	for (const text of ['one', 'two', 'three']) await pilot.say({type: 'memory.add', text});
	const file = path.join(pilot.workspace, 'memory/human-preferences.md');
	const before = readFileSync(file, 'utf8');
	const forget = async (word: string) => {
		const {undo} = await pilot.say({type: 'memory.forget', kind: 'preference', was: `${word} (you, 2026-11-21)`});
		return undo as CommandInput;
	};
	for (const word of ['one', 'two', 'three']) {
		const undo = await forget(word);
		expect(readFileSync(file, 'utf8')).not.toContain(word);
		expect(await pilot.say(undo)).toMatchObject({ok: true});
		expect(readFileSync(file, 'utf8')).toBe(before);
		expect(await pilot.say(undo)).toMatchObject({ok: false, code: 'MEMORY_KNOWN'});
	}
	const two = await forget('two');
	const three = await forget('three');
	await pilot.say({type: 'memory.add', text: 'four'});
	await pilot.say(three);
	await pilot.say(two);
	expect(pilot.texts().map(text => text.split(' ')[0])).toEqual(['four', 'three', 'two', 'one']);
	const forged = {...two, was: 'a secret: hunter2'} as CommandInput;
	expect(await pilot.say(forged)).toMatchObject({ok: true});
	expect(pilot.texts().join()).not.toContain('hunter2');
	expect(Command.safeParse({...two, was: 'a\nb'}).success).toBe(false);
});

test('the preview is what a prompt has, within its tokens', async () => {
	using pilot = aPilot();
	for (const text of ['one', 'two', 'three']) await pilot.say({type: 'memory.add', text: `${text} ${'x'.repeat(300)}`});
	const text = readMemoryPages(pilot.workspace, 150)[0]?.text;
	expect(text).toContain('What the human prefers:');
	expect(text).toContain('three');
	expect(text).not.toContain('two');
});

async function tell(workspace: string, ...args: string[]) {
	const out: string[] = [];
	const line = (text: string) => void out.push(text);
	const context = {
		...{args: [args], options: {}, json: false, env: {}, cwd: workspace, workspace: () => workspace},
		io: {out: line, err: line, stdin: async () => '', isTerminal: false, columns: 80, colour: false},
		control: () => ({
			command: () => Promise.reject(new PilotError('PILOT_NOT_RUNNING', {what: 'none', todo: 'start'})),
		}),
	} as never;
	const code = await memory.run(context);
	return `${code} ${out.join('\n')}`;
}

test('in a shell, where no pilot runs: listed with numbers, added, forgotten', async () => {
	using place = scratch('remember');
	expect(await tell(place.dir)).toContain('Nothing is remembered yet');
	expect(await tell(place.dir, 'add', 'Be', 'brief')).toMatch(/^0 Done/);
	expect(await tell(place.dir, 'add', 'be brief')).toMatch(/^1 There was nothing/);
	expect(await tell(place.dir, 'list')).toMatch(/^0 1 preference: Be brief \(you \d{4}-\d\d-\d\d\)$/);
	for (const words of [['forget', '2'], ['forget'], ['forget', 'x'], ['add'], ['learn', 'x'], ['list', 'x']])
		await expect(tell(place.dir, ...words)).rejects.toMatchObject({code: 'MEMORY_USAGE', exitCode: 2});
	expect(await tell(place.dir, 'forget', '1')).toMatch(/^0 Done/);
	const file = path.join(place.dir, 'memory/human-preferences.md');
	expect(existsSync(file) && readFileSync(file, 'utf8')).toBe('# What the human prefers\n');
});
