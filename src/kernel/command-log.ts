import {AsyncLocalStorage} from 'node:async_hooks';
import {messageOf} from '../domain/pilot-error.js';
import type {RanCommand} from '../domain/ran-command.js';
import type {Clock} from './clock.js';
import type {SpawnPty} from './pty.js';
import type {Run, RunResult} from './spawn.js';

export interface Purpose {
	readonly purpose: string;
	readonly missionId?: string;
}

type Outcome = Pick<RanCommand, 'exitCode' | 'trouble'>;

/** The programs that were run lately, and what each was for. In memory only: what matters of them is on the log of facts. */
export interface CommandLog {
	/** Whatever the work runs, until it is through, was for this. */
	during<T>(purpose: Purpose, work: () => T): T;
	/** The same hands, whose deeds are kept. */
	run(hand: Run): Run;
	spawnPty(hand: SpawnPty): SpawnPty;
	/** For programs that are run in another way. What the work rejects with is their end, too. */
	of<T>(words: readonly string[], work: () => Promise<T>): Promise<T>;
	/** Oldest first. */
	list(): readonly RanCommand[];
}

const mostKept = 200;
/** Characters of one argument, and of a whole line. */
const [longestWord, longestLine] = [120, 400];
/** More than is shown, so that what is cut off cannot hide a secret's beginning; less than a prompt, which costs time to look through. */
const lookedThrough = 4000;

const plainWord = /^[\w@%+=:,./~^-]+$/;

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text);

const settings = new Set(['-c', '--git-dir', '--work-tree', '-C']);

/** Settings that pilot gives every git, and where it looks, stand in front of what it does, and say nothing of that. */
function withoutSettings(words: readonly string[]): readonly string[] {
	if (!words[0]?.endsWith('git')) return words;
	let at = 1;
	while (settings.has(words[at] ?? '')) at += 2;
	return ['git', ...words.slice(at)];
}

const quoted = (word: string) => (plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const outcomeOf = ({exitCode, timedOut, startError}: RunResult): Outcome => {
	if (startError !== undefined) return {exitCode, trouble: `could not be started: ${startError}`};
	if (timedOut) return {exitCode, trouble: 'timed out'};
	return exitCode === null ? {exitCode, trouble: 'ended by a signal'} : {exitCode};
};

export function createCommandLog(clock: Pick<Clock, 'now'>, redact: (text: string) => string): CommandLog {
	const current = new AsyncLocalStorage<Purpose>();
	const kept = new Map<number, RanCommand>();
	let seq = 0;
	const lineOf = (words: readonly string[]) =>
		cut(
			withoutSettings(words)
				.map(word => cut(redact(word.slice(0, lookedThrough)), longestWord))
				.map(quoted)
				.join(' '),
			longestLine,
		);
	/** Gives what is to be called at its end. */
	const begin = (words: readonly string[]) => {
		const startedMs = clock.now();
		const purpose = current.getStore() ?? {purpose: 'start and upkeep'};
		const command: RanCommand = {
			seq: ++seq,
			at: new Date(startedMs).toISOString(),
			...purpose,
			line: lineOf(words),
		};
		kept.set(command.seq, command);
		if (kept.size > mostKept) kept.delete(command.seq - mostKept);
		return ({exitCode, trouble}: Outcome) => {
			if (!kept.has(command.seq)) return;
			const told = trouble === undefined ? {} : {trouble: cut(redact(trouble), longestWord)};
			kept.set(command.seq, {...command, ...told, exitCode: exitCode ?? null, durationMs: clock.now() - startedMs});
		};
	};
	return {
		during: (purpose, work) => current.run(purpose, work),
		run: hand => async (file, args, options) => {
			const end = begin([file, ...args]);
			const result = await hand(file, args, options);
			end(outcomeOf(result));
			return result;
		},
		spawnPty: hand => (file, args, options) => {
			const end = begin([file, ...args]);
			const pty = hand(file, args, options);
			pty.onExit(({exitCode}) => end(exitCode === null ? {exitCode, trouble: 'ended by a signal'} : {exitCode}));
			return pty;
		},
		async of(words, work) {
			const end = begin(words);
			try {
				const result = await work();
				end({exitCode: 0});
				return result;
			} catch (error) {
				end({exitCode: null, trouble: messageOf(error)});
				throw error;
			}
		},
		list: () => [...kept.values()].sort((a, b) => a.seq - b.seq),
	};
}
