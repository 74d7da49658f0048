import {handBackPrompt} from '../session/index.js';
import type {Context} from './context.js';
import type {LiveSession} from './live.js';

/** Records that a human gave a session back; gives what he had told it meanwhile. */
export function tellHandedBack({store}: Pick<Context, 'store'>, entry: LiveSession, why: string): string[] {
	const {missionId, attempt, id: sessionId} = entry;
	const said = entry.session?.takeSaid() ?? [];
	store.emit('session.handed-back', {missionId, attempt, sessionId, why, said});
	entry.taken = false;
	return said;
}

/**
 * Puts a session into a human's hands. A headless one is interrupted; its work step then starts Claude Code's own screen on the same
 * conversation. One that has its screen already is left alone from here on.
 */
export function take({store, config, live}: Context, entry: LiveSession, by: string) {
	const {missionId, attempt, id: sessionId} = entry;
	store.emit('session.taken', {missionId, attempt, sessionId, by});
	entry.taken = true;
	if (config.claude.style === 'headless') void entry.session?.stop({outcome: 'stopped', why: `taken over by ${by}`});
	live.changed();
}

/** Gives a session back to its agent: the screen that was only opened for the human is closed, another is told to go on. */
export async function handBack(context: Context, entry: LiveSession, why: string): Promise<void> {
	const {config, store, live} = context;
	if (config.claude.style === 'headless') return entry.session?.quit(why);
	const by = store.state.runs[entry.missionId]?.taken?.by ?? 'you';
	const said = tellHandedBack(context, entry, why);
	live.changed();
	await entry.session?.say(handBackPrompt(by, said));
	return;
}
