import {runningSessions} from './shown-session.js';
import type {ViewState} from './store.js';

export interface QuitChoice {
	readonly key: string;
	readonly words: string;
	readonly does: 'finish' | 'leave' | 'stop';
}

/** What `q` offers. The first one is what Enter does. */
export function quitChoices({status, answering}: ViewState): QuitChoice[] {
	const leave: QuitChoice = {key: 'l', words: 'keep it running', does: 'leave'};
	if (!answering) return [{...leave, words: 'leave'}];
	const count = runningSessions(status).length;
	const its = count === 1 ? 'its mission goes' : 'their missions go';
	if (count === 0) return [leave, {key: 's', words: 'stop the pilot', does: 'stop'}];
	return [
		leave,
		{key: 'f', words: 'finish: end what runs, then stop', does: 'finish'},
		{key: 's', words: `stop now: ${its} on at the next start`, does: 'stop'},
	];
}

/** `Leave? 1 session is running.` */
export function quitQuestion({status, answering}: ViewState): string {
	if (!answering) return 'Leave? The pilot does not answer.';
	const count = runningSessions(status).length;
	if (count === 0) return 'Leave? The pilot is idle.';
	return `Leave? ${count} session${count === 1 ? ' is' : 's are'} running.`;
}
