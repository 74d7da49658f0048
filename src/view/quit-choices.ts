import {runningSessions} from './shown-session.js';
import type {ViewState} from './store.js';

export interface QuitChoice {
	readonly key: string;
	readonly words: string;
	readonly does: 'finish' | 'leave' | 'stop';
}

/** What `q` offers. The first one is what Enter does. */
export function quitChoices({status, answering}: ViewState): QuitChoice[] {
	const leave: QuitChoice = {key: 'l', words: 'leave it running', does: 'leave'};
	if (!answering) return [{...leave, words: 'leave'}];
	const count = runningSessions(status).length;
	if (count === 0) return [leave, {key: 's', words: 'stop the pilot', does: 'stop'}];
	return [
		leave,
		{key: 'f', words: 'finish: end what runs, then stop', does: 'finish'},
		{key: 's', words: 'stop now: its mission goes on at the next start', does: 'stop'},
	];
}

/** `1 session is running: finish, leave running, stop?` */
export function quitQuestion({status, answering}: ViewState): string {
	if (!answering) return 'The pilot does not answer. Leave?';
	const count = runningSessions(status).length;
	if (count === 0) return 'The pilot is idle: leave it running, stop it?';
	return `${count} session${count === 1 ? ' is' : 's are'} running: finish, leave running, stop?`;
}
