import {PilotError} from '../../domain/pilot-error.js';
import {type RunResult, run} from '../../kernel/spawn.js';
import {trustedEnvironment} from '../../session/index.js';

/** One line of the doctor: what was looked at, how it is, and the fix. */
export interface Finding {
	readonly name: string;
	readonly state: 'ok' | 'warning' | 'failed';
	readonly what: string;
	readonly fix?: string;
}

export type Env = Readonly<Record<string, string | undefined>>;

export const ok = (name: string, what: string): Finding => ({name, state: 'ok', what});
export const warning = (name: string, what: string, fix: string): Finding => ({name, state: 'warning', what, fix});
export const failed = (name: string, what: string, fix: string): Finding => ({name, state: 'failed', what, fix});

export const ask = (
	file: string,
	args: readonly string[],
	env: Env,
	cwd = '/',
	timeoutMs = 10_000,
): Promise<RunResult> =>
	run(file, args, {
		cwd,
		env: {...trustedEnvironment(env), GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '/bin/false'},
		timeoutMs,
		keepBytes: 20_000,
	});

export const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';

/** What cannot be looked at is a finding as well. */
export function orFailed(name: string, look: () => Finding): Finding {
	try {
		return look();
	} catch (error) {
		if (error instanceof PilotError) return failed(name, error.message, error.todo);
		throw error;
	}
}
