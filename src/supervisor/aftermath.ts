import {messageOf} from '../domain/pilot-error.js';
import type {Run} from '../domain/state.js';
import {breathe} from '../kernel/breathe.js';
import {type Clock, stopwatch} from '../kernel/clock.js';
import type {Logger} from '../kernel/logger.js';
import {endStray, findStrays, type Stray, type Trail} from '../kernel/strays.js';
import type {LiveSessions} from './live.js';
import type {Store} from './store.js';

/** Claude Code's background was seen to start an ended session anew after 42 s. */
const followedMs = 90_000;
const lookEveryMs = 3000;
/** From the first signal to the one that cannot be refused. */
const graceMs = 2000;
/** How long the end of a session waits for what it left. */
const waitedMs = 5000;

/** What becomes of sessions after their end. */
export interface Aftermath {
	/** Ends what an ended session has left, and for a minute and a half what starts it anew. The first look is over when this resolves; it never rejects. */
	follow(run: Run, session: Pick<NonNullable<Run['session']>, 'id' | 'agentSessionId' | 'startedAt'>): Promise<void>;
	/** Follows nothing any more, also of what comes. */
	end(): void;
}

interface Needs {
	readonly store: Pick<Store, 'emit'>;
	readonly machine: string;
	readonly clock: Clock;
	readonly log: Logger;
	readonly live: Pick<LiveSessions, 'byMission'>;
}

interface Followed extends Trail {
	readonly missionId: string;
	readonly sinceMs: number;
}

/** Ends what it is given, first politely, and gives those that were not known. */
function createEnding(passedMs: () => number) {
	const asked = new Map<string, number>();
	return (strays: readonly Stray[]): Stray[] =>
		strays.filter(stray => {
			const key = `${stray.pid} ${stray.startTime}`;
			const sinceMs = asked.get(key);
			asked.set(key, sinceMs ?? passedMs());
			endStray(stray, sinceMs !== undefined && passedMs() - sinceMs >= graceMs ? 'SIGKILL' : 'SIGTERM');
			return sinceMs === undefined;
		});
}

export function createAftermath(context: Needs): Aftermath {
	const {store, clock, log, live, machine} = context;
	const passedMs = stopwatch(clock);
	const end = createEnding(passedMs);
	let followed: Followed[] = [];
	let unlook: (() => void) | undefined;
	let isOver = false;
	/** On a full disk it stays with the line in the log: no session's outcome hangs on this fact. */
	const tell = (ended: readonly Stray[]) => {
		try {
			store.emit('orphans.swept', {pids: ended.map(({pid}) => pid)});
		} catch (error) {
			log.error(`what was ended cannot be told: ${messageOf(error)}`);
		}
	};
	const look = (trails: readonly Followed[]) => {
		const strays = findStrays(trails);
		const fresh = end(strays);
		for (const {pid, command, trail} of fresh) log.warn(`left by ${trail.tag}, ended: ${pid} ${command}`);
		if (fresh.length > 0) tell(fresh);
		return strays.length;
	};
	const rest = () => {
		unlook?.();
		unlook = undefined;
		followed = [];
	};
	const lookAgain = () => {
		// The next session of a mission has its folder and its conversation, and sees to what is in them.
		followed = followed.filter(
			({sinceMs, missionId}) => passedMs() - sinceMs < followedMs && live.byMission(missionId) === undefined,
		);
		if (followed.length === 0) rest();
		else look(followed);
	};
	return {
		async follow({missionId, mission, checkout}, {id, agentSessionId, startedAt}) {
			if (isOver) return;
			const folder = mission.access === 'trusted' ? undefined : checkout?.path;
			const trail = {
				...{tag: `${machine}/${id}`, agentSessionId, folder, startedMs: Date.parse(startedAt)},
				...{missionId, sinceMs: passedMs()},
			};
			followed.push(trail);
			unlook ??= clock.every(lookEveryMs, lookAgain);
			await breathe();
			while (!isOver && look([trail]) > 0 && passedMs() - trail.sinceMs < waitedMs) await clock.sleep(50);
		},
		end() {
			isOver = true;
			rest();
		},
	};
}
