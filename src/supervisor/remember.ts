import path from 'node:path';
import type {Answer, Command} from '../domain/command.js';
import type {MemoryChange, MemoryPlace} from '../domain/memory.js';
import {editFile} from '../kernel/files.js';
import {changeMemory, localTime, memoryFile, placeInMemory} from '../notes/index.js';
import {done, refused} from './answer.js';
import {commitFile} from './commit-queue.js';
import type {Context} from './context.js';

type Wish = Extract<Command, {type: 'memory.add' | 'memory.edit' | 'memory.forget' | 'memory.restore'}>;

const said = {
	add: 'Remembered.',
	edit: 'Changed.',
	forget: 'Forgotten: no prompt has it any more.',
	restore: 'Remembered again, where it stood.',
} as const;

function changeOf(wish: Wish, day: string): MemoryChange {
	const {kind} = wish;
	if (wish.type === 'memory.add') return {op: 'add', kind, text: wish.text, day};
	if (wish.type === 'memory.edit') return {op: 'edit', kind, was: wish.was, text: wish.text};
	const {was} = wish;
	return wish.type === 'memory.forget' ? {op: 'forget', kind, was} : {...wish, op: 'restore'};
}

function withoutSecrets(change: MemoryChange, redact: (text: string) => string): MemoryChange {
	if (change.op === 'restore') return {...change, was: redact(change.was)};
	return 'text' in change ? {...change, text: redact(change.text)} : change;
}

/** Changes one line of what is remembered; a line that somebody else has changed meanwhile is left alone, and that is said. */
export function changeMemoryBy(context: Context, wish: Wish): Answer {
	const {day} = localTime(context.clock.now(), context.config.timezone);
	const change = changeOf(wish, day);
	const clean = withoutSecrets(change, context.redact);
	const file = memoryFile(change.kind);
	let place: MemoryPlace = {};
	const edit = (bytes: Buffer | undefined) => {
		if (change.op === 'forget' && bytes) place = placeInMemory(bytes, change);
		return changeMemory(bytes, clean);
	};
	if (!editFile(path.join(context.workspace, file), edit)) {
		if (change.op === 'add' || change.op === 'restore')
			return refused('MEMORY_KNOWN', 'That is remembered already, or says nothing.', 'See m.');
		return refused(
			'MEMORY_UNKNOWN',
			'That line is not in the memory as it was.',
			'Look again: m, or `pilot-tui memory`.',
		);
	}
	commitFile(context, file, `Memory: ${change.op} a ${change.kind}`);
	const {kind, by} = wish;
	const undo = change.op === 'forget' && {type: 'memory.restore' as const, kind, was: change.was, ...place, by};
	return {...done(said[change.op]), ...(undo ? {undo} : {})};
}
