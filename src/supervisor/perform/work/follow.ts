import type {Run} from '../../../domain/state.js';
import {handBackPrompt, type SessionEnd} from '../../../session/index.js';
import type {Context} from '../../context.js';
import {handBack, tellHandedBack} from '../../hands.js';
import type {LiveSession} from '../../live.js';
import {launch, type Stretch} from './launch.js';

/** A human who has a session in hand, and has gone without a word, gives it back by this. */
const forgottenAfterMs = 900_000;
const lookEveryMs = 5000;

/** Gives a session back that is in the hands of nobody any more, so that it cannot hang. */
export function watchForgotten(context: Context, entry: LiveSession): () => void {
	const {clock, log} = context;
	let heldAtMs = clock.now();
	return clock.every(lookEveryMs, () => {
		if (!entry.taken || entry.attached > 0) heldAtMs = clock.now();
		// What lies ahead is of a clock that was set back since.
		heldAtMs = Math.min(heldAtMs, clock.now());
		const activeAtMs = entry.session?.activeAtMs ?? 0;
		const idleMs = clock.now() - Math.max(heldAtMs, activeAtMs > clock.now() ? 0 : activeAtMs);
		if (idleMs >= forgottenAfterMs)
			handBack(context, entry, 'nobody was attached, and nothing happened, for 15 minutes').catch(error =>
				log.error(`hand-back: ${String(error)}`),
			);
	});
}

/** True when the session ended because the mission, or the pilot, was stopped. */
const isStopped = ({store}: Context, {missionId}: Run, {outcome}: SessionEnd) =>
	outcome === 'lost' || store.state.runs[missionId]?.stopAsked !== undefined || store.state.stopping?.now === true;

/** Sets a terminal back that a program may have left in any mode, and begins a new line. */
const plainTerminal =
	'\u001b[?1049l\u001b[?2004l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[<u\u001b[!p\r\n';

/** What comes after a stretch: nothing, the human's own, or the agent's again. */
function nextStretch(
	context: Context,
	run: Run,
	entry: LiveSession,
	end: SessionEnd,
	last: Stretch,
): Stretch | undefined {
	if (!entry.taken || isStopped(context, run, end)) return;
	const {style} = context.config.claude;
	const next = {...last, resume: true};
	if (last.style === 'headless') return {...next, style: 'interactive', prompt: ''};
	const by = context.store.state.runs[run.missionId]?.taken?.by ?? 'you';
	const said = tellHandedBack(context, entry, end.askedFor ?? end.why);
	return {...next, style, prompt: handBackPrompt(by, said)};
}

export interface Followed {
	readonly end: SessionEnd;
	/** Whether the last of its processes was to go on with an earlier conversation. */
	readonly resumed: boolean;
}

/** Follows a session through all the hands that it goes through, to its end: one id, one screen, one conversation. */
export async function follow(context: Context, run: Run, entry: LiveSession, first: Stretch): Promise<Followed> {
	const unwatch = watchForgotten(context, entry);
	let stretch = first;
	let durationMs = 0;
	try {
		for (;;) {
			const session = launch(context, run, entry, stretch);
			entry.session = session;
			const end = await session.ended;
			durationMs += end.durationMs;
			const next = nextStretch(context, run, entry, end, stretch);
			if (!next) return {end: {...end, durationMs}, resumed: stretch.resume};
			entry.screen.write(plainTerminal);
			stretch = next;
		}
	} finally {
		unwatch();
		entry.taken = false;
	}
}
