import path from 'node:path';
import type {Answer, Command} from '../domain/command.js';
import type {MemoryChange} from '../domain/memory.js';
import {editFile} from '../kernel/files.js';
import {changeMemory, localTime, memoryFile} from '../notes/index.js';
import {done, refused} from './answer.js';
import {commitFile} from './commit-queue.js';
import type {Context} from './context.js';

type Wish = Extract<Command, {type: 'memory.add' | 'memory.edit' | 'memory.forget'}>;

const said = {add: 'Remembered.', edit: 'Changed.', forget: 'Forgotten: no prompt has it any more.'} as const;

function changeOf(wish: Wish, day: string): MemoryChange {
	const {kind} = wish;
	if (wish.type === 'memory.add') return {op: 'add', kind, text: wish.text, day};
	if (wish.type === 'memory.edit') return {op: 'edit', kind, was: wish.was, text: wish.text};
	return {op: 'forget', kind, was: wish.was};
}

/** Changes one line of what is remembered; a line that somebody else has changed meanwhile is left alone, and that is said. */
export function changeMemoryBy(context: Context, wish: Wish): Answer {
	const {day} = localTime(context.clock.now(), context.config.timezone);
	const change = changeOf(wish, day);
	const clean = 'text' in change ? {...change, text: context.redact(change.text)} : change;
	const file = memoryFile(change.kind);
	if (!editFile(path.join(context.workspace, file), bytes => changeMemory(bytes, clean))) {
		if (change.op === 'add') return refused('MEMORY_KNOWN', 'That is remembered already, or says nothing.', 'See m.');
		return refused(
			'MEMORY_UNKNOWN',
			'That line is not in the memory as it was.',
			'Look again: m, or `pilot-tui memory`.',
		);
	}
	commitFile(context, file, `Memory: ${change.op} a ${change.kind}`);
	return done(said[change.op]);
}
