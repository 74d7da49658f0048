import {type Cast, countUpTo, durationOf, squeeze, squeezer} from './cast.js';
import {findKeyframes} from './keyframes.js';
import {createTape} from './tape.js';
import {createTerminalScreen, type TerminalScreen} from './terminal-screen.js';

/** A place to jump to, in the recording's time. */
export interface PlayerMarker {
	readonly atMs: number;
	readonly label: string;
}

export const speeds: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16];

/** A recording on a screen. Positions are in squeezed time, ms. */
export interface Player<M extends PlayerMarker = PlayerMarker> {
	/** Shows the recording at the position that was last applied. */
	readonly screen: TerminalScreen;
	readonly position: number;
	readonly duration: number;
	readonly isPlaying: boolean;
	readonly speed: number;
	/** The given ones at their squeezed times, in order. */
	readonly markers: readonly M[];
	/** Resolves when every jump is quick: within the parsing of a million characters. Jumps before it are right, but may be slow. */
	readonly ready: Promise<void>;
	play(): void;
	pause(): void;
	toggle(): void;
	/** One of `speeds`; the nearest is taken. */
	setSpeed(speed: number): void;
	faster(): void;
	slower(): void;
	/** Resolves when the screen shows it. */
	seek(positionMs: number): Promise<void>;
	/** Give the marker they went to, if there is one. */
	nextMarker(): Promise<M | undefined>;
	previousMarker(): Promise<M | undefined>;
	/** Brings the screen to where the time is. To be called again and again while it plays. */
	advance(): Promise<void>;
	dispose(): void;
}

export interface PlayerOptions<M extends PlayerMarker> {
	readonly cast: Cast;
	readonly markers?: readonly M[];
	/** No pause is longer than this. @default 0: as they were */
	readonly squeezeSeconds?: number;
	/** Lines of history of the screen. @default 1000 */
	readonly scrollback?: number;
	/** A clock that never goes back, ms. */
	readonly now?: () => number;
}

/** Going back to a marker from within this of it goes to the one before. */
const graceMs = 500;

/** Where the time is, which runs at some speed or stands. */
function createTransport(duration: number, now: () => number) {
	let [baseMs, sinceMs, speed, isPlaying] = [0, 0, 1, false];
	const position = () => Math.min(duration, baseMs + (isPlaying ? (now() - sinceMs) * speed : 0));
	const rebase = (positionMs = position()) => {
		baseMs = Math.max(0, Math.min(duration, positionMs));
		sinceMs = now();
	};
	return {
		position,
		moveTo: rebase,
		isPlaying: () => isPlaying && position() < duration,
		speed: () => speed,
		play() {
			rebase(position() >= duration ? 0 : undefined);
			isPlaying = true;
		},
		pause() {
			rebase();
			isPlaying = false;
		},
		setSpeed(wanted: number) {
			rebase();
			speed = speeds.reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best), 1);
		},
	};
}

/** Loads a recording into a player that stands at its beginning. */
export function createPlayer<M extends PlayerMarker = PlayerMarker>(options: PlayerOptions<M>): Player<M> {
	const {cast, squeezeSeconds = 0, scrollback = 1000, now = () => performance.now()} = options;
	const at = squeezer(cast.events, squeezeSeconds);
	const events = squeeze(cast.events, squeezeSeconds);
	const markers = (options.markers ?? [])
		.map(marker => ({...marker, atMs: at(marker.atMs)}))
		.sort((a, b) => a.atMs - b.atMs);
	const duration = durationOf({events});
	const screen = createTerminalScreen({cols: cast.header.cols, rows: cast.header.rows, scrollback});
	const tape = createTape({header: cast.header, events}, screen);
	const transport = createTransport(duration, now);
	const over = new AbortController();
	const ready = findKeyframes({header: cast.header, events}, keyframe => tape.keyframes.push(keyframe), over.signal);
	const advance = () => tape.goTo(countUpTo(events, transport.position()));
	const seek = (positionMs: number) => {
		transport.moveTo(positionMs);
		return advance();
	};
	const jump = async (marker: M | undefined) => {
		if (marker) await seek(marker.atMs);
		return marker;
	};
	const shift = (by: number) => transport.setSpeed(speeds[speeds.indexOf(transport.speed()) + by] ?? transport.speed());
	return {
		...{screen, duration, markers, ready, seek, advance},
		get position() {
			return transport.position();
		},
		get isPlaying() {
			return transport.isPlaying();
		},
		get speed() {
			return transport.speed();
		},
		play: transport.play,
		pause: transport.pause,
		toggle: () => (transport.isPlaying() ? transport.pause() : transport.play()),
		setSpeed: transport.setSpeed,
		faster: () => shift(1),
		slower: () => shift(-1),
		nextMarker: () => jump(markers.find(({atMs}) => atMs > transport.position() + 1)),
		previousMarker: () => jump(markers.findLast(({atMs}) => atMs < transport.position() - graceMs)),
		advance,
		dispose() {
			over.abort();
			screen.dispose();
		},
	};
}
