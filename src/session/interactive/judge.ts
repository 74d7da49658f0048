import {loginTroubles} from '../stream/claude-ending.js';
import type {Ending, Exit} from '../voice.js';

/** What the hooks of an interactive session have told of its end. */
export interface Told {
	/** Its turn ended well, and there was nothing left to wait for. */
	readonly done?: true;
	/** `StopFailure`: its turn ended with an error of the API's. */
	readonly failure?: {readonly error: string; readonly text: string};
	/** Why the program says that it ended. */
	readonly sessionEnd?: string;
}

const firstLine = (text: string) => text.trim().split('\n')[0]?.trim().slice(0, 300) ?? '';

function judgeFailure({error, text}: {error: string; text: string}, until: string | undefined): Ending {
	const why = firstLine(text) || `claude stopped with ${error}`;
	if (error === 'rate_limit') return {outcome: 'limit', why, ...(until ? {resetsAt: until} : {})};
	if (loginTroubles.has(error))
		return {outcome: 'login', why: `${why}: run \`claude\` by hand, then \`pilot-tui resume\``};
	return {outcome: 'failed', why};
}

/** Judges how an interactive session ended, from its hooks first and from its exit code last. */
export function judgeInteractive({exitCode, signal}: Exit, told: Told, limitedUntil: string | undefined): Ending {
	if (told.failure) return judgeFailure(told.failure, limitedUntil);
	if (told.done) return {outcome: 'completed', why: 'the agent says it is done'};
	if (exitCode === 0 && told.sessionEnd === 'prompt_input_exit')
		return {outcome: 'completed', why: 'it was ended at its prompt'};
	if (exitCode === 127) return {outcome: 'missing', why: 'claude could not be started'};
	const how = exitCode === null ? `by signal ${signal}` : `with exit code ${exitCode}`;
	return {outcome: 'failed', why: `claude ended ${how} before its turn was over`};
}
