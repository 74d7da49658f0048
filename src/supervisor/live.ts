import type {PaneFrame} from '../domain/frame.js';
import type {SessionStatus} from '../domain/status.js';
import {createFeeder, createTerminalScreen, type Recorder, type TerminalScreen} from '../screen/index.js';
import type {Session, SessionScreen} from '../session/index.js';
import {createReaders, type Reader, type Readers} from './readers.js';

/** A session that runs, or whose last screen is still shown. */
export interface LiveSession {
	readonly id: string;
	readonly missionId: string;
	readonly attempt: number;
	readonly agent: string;
	readonly simulated: boolean;
	readonly token: string;
	readonly startedAt: string;
	readonly screen: TerminalScreen;
	readonly readers: Readers;
	readonly recorder: Recorder;
	/** True once its program hears keys. */
	hearsKeys: boolean;
	/** Takes the keys away from the program that hears them. */
	unhear: () => void;
	session: Session | undefined;
	/** True once it was asked for its report. */
	asked: boolean;
	/** How many screens send their keys to it now. */
	readonly attached: number;
	/** True while a human has it in hand. */
	taken: boolean;
}

const keptScreens = 4;
const firstSize = {cols: 100, rows: 30};

export interface LiveSessions {
	/** `recorder` is given the size that the session begins with. */
	open(
		session: Pick<LiveSession, 'id' | 'missionId' | 'attempt' | 'agent' | 'simulated' | 'token' | 'startedAt'>,
		recorder: (size: {cols: number; rows: number}, snapshot: () => string) => Recorder,
	): LiveSession;
	/** The screen as a session sees it: it writes, and follows the size of whoever watches. */
	screenFor(live: LiveSession): SessionScreen;
	ended(live: LiveSession): void;
	byToken(token: string): LiveSession | undefined;
	byMission(missionId: string): LiveSession | undefined;
	running(): LiveSession[];
	statuses(): SessionStatus[];
	/** Somebody looks, from a light terminal or a dark one: that is what programs of sessions hear from here on. */
	lookedAt(isLight: boolean): void;
	/** Called after any phase or count changed. */
	readonly changed: () => void;
	watch(sessionId: string, size: {cols: number; rows: number}, send: (frame: PaneFrame) => boolean): Reader | undefined;
}

const statusOf = ({
	id,
	missionId,
	agent,
	simulated,
	startedAt,
	hearsKeys,
	session,
	taken,
}: LiveSession): SessionStatus => ({
	id,
	missionId,
	agent,
	simulated,
	startedAt,
	takesKeys: hearsKeys && session?.phase !== 'ended',
	phase: session?.phase ?? 'starting',
	why: session?.why ?? 'pilot: preparing',
	turns: session?.turns ?? 0,
	costUsd: session?.costUsd ?? 0,
	tokens: session?.tokens ?? 0,
	taken,
});

/** A transcript's line ends, as a terminal takes them. */
const withReturns = (data: string | Uint8Array) =>
	typeof data === 'string' ? data.replaceAll(/\r?\n/g, '\r\n') : data;

export interface LiveOptions {
	/** Told how many bytes sessions have printed. */
	readonly worked: (bytes: number) => void;
	/** Lines of history that each pane keeps. */
	readonly scrollback: number;
	readonly changed: () => void;
}

/** How the programs of sessions hear of their screen's size. */
type Sizes = Map<TerminalScreen, (cols: number, rows: number) => void>;

type Identity = Parameters<LiveSessions['open']>[0];

function liveSession(fields: Identity, screen: TerminalScreen, recorder: Recorder, sizes: Sizes): LiveSession {
	const readers = createReaders(screen, () => {
		sizes.get(screen)?.(screen.cols, screen.rows);
		recorder.resize(screen.cols, screen.rows);
	});
	return {
		...fields,
		screen,
		readers,
		recorder,
		hearsKeys: false,
		unhear: () => {},
		session: undefined,
		asked: false,
		get attached() {
			return readers.isAttached() ? 1 : 0;
		},
		taken: false,
	};
}

/** A screen as one process of a session sees it; whether it hears keys is to be seen. */
function screenOf(live: LiveSession, sizes: Sizes, worked: LiveOptions['worked']): SessionScreen {
	const {screen, recorder} = live;
	live.hearsKeys = false;
	live.unhear();
	return {
		cols: screen.cols,
		rows: screen.rows,
		write(data, parsed) {
			const printed = withReturns(data);
			worked(printed.length);
			// Once it is on the screen: of a flood the recorder keeps what is seen.
			screen.write(printed, () => {
				recorder.output(printed);
				parsed?.();
			});
		},
		onResize: listener => void sizes.set(screen, listener),
		onInput(listener) {
			live.hearsKeys = true;
			live.unhear();
			live.unhear = screen.onReply(listener);
		},
	};
}

/** The sessions of this supervisor, newest last; the screens of the last few that ended stay to be looked at. */
export function createLiveSessions({scrollback, changed, worked}: LiveOptions): LiveSessions {
	const feeder = createFeeder();
	const all: LiveSession[] = [];
	const over = new Set<string>();
	const sizes: Sizes = new Map();
	let isLight = false;
	const running = () => all.filter(live => !over.has(live.id));
	return {
		open(fields, record) {
			const screen = createTerminalScreen({...firstSize, scrollback, feeder, isLight: () => isLight});
			const live = liveSession(fields, screen, record(firstSize, screen.snapshot), sizes);
			all.push(live);
			return live;
		},
		screenFor: live => screenOf(live, sizes, worked),
		ended(live) {
			over.add(live.id);
			live.unhear();
			sizes.delete(live.screen);
			live.screen.write('', live.recorder.end);
			for (const old of all.filter(candidate => over.has(candidate.id)).slice(0, -keptScreens)) {
				old.screen.dispose();
				all.splice(all.indexOf(old), 1);
				over.delete(old.id);
			}
		},
		byToken: token => running().find(live => live.token === token),
		byMission: missionId => running().findLast(live => live.missionId === missionId),
		running,
		statuses: () => all.map(statusOf),
		lookedAt(light) {
			isLight = light;
		},
		changed,
		watch: (sessionId, size, send) =>
			all.find(candidate => candidate.id === sessionId)?.readers.join(sessionId, size, send),
	};
}
