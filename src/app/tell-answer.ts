import type {Answer} from '../domain/command.js';
import {ExitCode} from '../domain/pilot-error.js';
import type {Io} from './define-command.js';

/** Prints what came of a command; gives the exit code. */
export function tellAnswer(answer: Answer, io: Io, json: boolean): number {
	if (json) io.out(JSON.stringify({v: 1, ...answer}));
	else {
		io[answer.ok ? 'out' : 'err'](answer.say);
		if (answer.todo) io.err(answer.todo);
	}
	return answer.ok ? ExitCode.fine : ExitCode.failed;
}
