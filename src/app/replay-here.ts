import {messageOf} from '../domain/pilot-error.js';
import {plainText} from '../view/plain-text.js';
import type {CommandContext} from './define-command.js';
import type {OuterTerminal} from './outer-terminal.js';

export interface ReplaysHereDeps {
	readonly context: CommandContext;
	readonly workspace: string;
	readonly outer: Pick<OuterTerminal, 'leave' | 'enter' | 'depth'>;
	/** The dashboard has the terminal again. */
	readonly back: () => void;
}

/** Lends the dashboard's terminal to a recording until the human has seen enough, or the dashboard leaves. */
export interface ReplaysHere {
	readonly isPlaying: boolean;
	/** Resolves when the terminal is the dashboard's again, with why nothing was played; '' when it was. */
	play(missionId: string): Promise<string>;
	/** Resolves when the terminal is no longer lent; it will not be again. */
	end(): Promise<void>;
}

async function play({context, workspace, outer}: ReplaysHereDeps, missionId: string, signal: AbortSignal) {
	const {findReplay, playIdleSeconds, squeezed, titleOf} = await import('./replay-find.js');
	const {playInTerminal} = await import('./replay-play.js');
	const found = findReplay(workspace, {id: missionId, attempt: undefined}, context.env);
	if (signal.aborted) return;
	outer.leave();
	const {depth} = outer;
	await playInTerminal({...squeezed(found, playIdleSeconds), title: titleOf(found), atMs: 0, speed: 1, depth}, signal);
}

export function createReplaysHere(deps: ReplaysHereDeps): ReplaysHere {
	const over = new AbortController();
	let playing: Promise<string> | undefined;
	const lend = async (missionId: string) => {
		const why = await play(deps, missionId, over.signal).then(
			() => '',
			error => plainText(messageOf(error)),
		);
		playing = undefined;
		if (over.signal.aborted) return '';
		deps.outer.enter();
		deps.back();
		return why;
	};
	return {
		get isPlaying() {
			return playing !== undefined;
		},
		play(missionId) {
			playing ??= lend(missionId);
			return playing;
		},
		async end() {
			over.abort();
			await playing;
		},
	};
}
