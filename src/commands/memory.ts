import {type CommandContext, defineCommand} from '../app/define-command.js';
import {dropForgotten, keepForgotten, readForgotten} from '../app/forgotten.js';
import {changeMemoryFile, placeInFile, readMemoryEntries} from '../app/memory.js';
import {tellAnswer} from '../app/tell-answer.js';
import type {Answer, CommandInput} from '../domain/command.js';
import type {MemoryChange, MemoryEntry} from '../domain/memory.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import {originOf} from '../view/memory-acts.js';
import {plainText} from '../view/plain-text.js';
import {dayOf} from '../view/queue-entries.js';

const usage = (what: string) =>
	new PilotError('MEMORY_USAGE', {
		what,
		todo: 'Allowed: `memory list`, `memory add TEXT`, `memory forget N` with a number of the list, `memory restore`.',
		exitCode: ExitCode.usage,
	});

function chosen(entries: readonly MemoryEntry[], number: string | undefined): MemoryEntry {
	const entry = /^\d{1,6}$/.test(number ?? '') ? entries[Number(number) - 1] : undefined;
	if (entry) return entry;
	throw usage(number === undefined ? 'Which line shall be forgotten?' : `There is no line ${number} in the memory.`);
}

/** By the pilot, so that it is committed; by hand where none runs. */
async function change({control, workspace}: CommandContext, wish: CommandInput, byHand: MemoryChange): Promise<Answer> {
	try {
		return await control().command(wish);
	} catch (error) {
		if (!(error instanceof PilotError && error.code === 'PILOT_NOT_RUNNING')) throw error;
		const isDone = changeMemoryFile(workspace(), byHand);
		return {
			ok: isDone,
			say: isDone ? 'Done. No pilot is running; it commits what it finds.' : 'There was nothing to change.',
		};
	}
}

function list({io, json, workspace}: CommandContext): number {
	const entries = readMemoryEntries(workspace());
	if (json) io.out(JSON.stringify({v: 1, entries}));
	else if (entries.length === 0) io.out('Nothing is remembered yet. Add what you prefer: pilot-tui memory add "…"');
	const cells = String(entries.length).length;
	if (!json)
		for (const [index, entry] of entries.entries()) {
			const origin = originOf(entry);
			io.out(
				plainText(`${String(index + 1).padStart(cells)} ${entry.kind}: ${entry.text}${origin ? ` (${origin})` : ''}`),
			);
		}
	return ExitCode.fine;
}

async function forget(context: CommandContext, number: string | undefined): Promise<Answer> {
	const workspace = context.workspace();
	const {kind, was} = chosen(readMemoryEntries(workspace), number);
	const place = placeInFile(workspace, {kind, was});
	const wish = {type: 'memory.forget', kind, was, by: 'cli'} as const;
	const answer = await change(context, wish, {op: 'forget', kind, was});
	if (!answer.ok) return answer;
	keepForgotten(workspace, answer.undo ?? {type: 'memory.restore', kind, was, ...place});
	return {...answer, todo: '`pilot-tui memory restore` brings it back, where it stood.'};
}

/** Brings back what was forgotten last from a shell, and says what that was. */
async function restore(context: CommandContext): Promise<Answer> {
	const workspace = context.workspace();
	const last = readForgotten(workspace).at(-1);
	if (!last)
		return {ok: false, say: 'Nothing was forgotten from here.', todo: 'The history of memory/ in git has every line.'};
	const answer = await change(context, {type: 'memory.restore', ...last, by: 'cli'}, {op: 'restore', ...last});
	dropForgotten(workspace);
	return {...answer, say: `${answer.say} ${last.was}`};
}

export default defineCommand({
	name: 'memory',
	summary: 'List what is remembered and where it came from; add what you prefer, forget a line, or bring it back.',
	args: [['[what...]', 'list (default), add TEXT, forget N, or restore: what was forgotten last from here']],
	example: 'pilot-tui memory add "Short commit messages"',
	async run(context) {
		const {args, io, json} = context;
		const [verb = 'list', ...rest] = args.flat();
		if (verb === 'list' && rest.length === 0) return list(context);
		if (verb === 'add' && rest.join('').trim() !== '') {
			const text = rest.join(' ');
			const byHand = {op: 'add', kind: 'preference', text, day: dayOf(Date.now())} as const;
			return tellAnswer(await change(context, {type: 'memory.add', text, by: 'cli'}, byHand), io, json);
		}
		if (verb === 'forget' && rest.length < 2) return tellAnswer(await forget(context, rest[0]), io, json);
		if (verb === 'restore' && rest.length === 0) return tellAnswer(await restore(context), io, json);
		throw usage(`memory cannot ${plainText([verb, ...rest].join(' '))}.`);
	},
});
