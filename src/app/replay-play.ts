import {writeSync} from 'node:fs';
import type {ColourDepth} from '../screen/colours.js';
import {createPlayer, type Player} from '../screen/player.js';
import type {Marker} from '../screen/timeline.js';
import type {Replay} from './replay-find.js';
import {createReplayPainter, helpRows, statusLine} from './replay-picture.js';

export interface PlayedReplay extends Replay {
	readonly title: string;
	/** Where it begins. */
	readonly atMs: number;
	readonly speed: number;
	/** Of the terminal that it is played in. */
	readonly depth: ColourDepth;
}

const frameMs = 33;
const seekMs = 5000;

// Alternate screen, no cursor, no wrapping: a row that is too wide is cut by the terminal.
const enter = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J';
const leave = '\u001b[?2026l\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';

/** Keys that came together. */
const keysIn = (text: string) => text.match(/\u001b(?:\[[\d;?]*[ -/]*[@-~]|O[@-~])|[\s\S]/g) ?? [];

const esc = '\u001b';
const isQuit = (key: string) => key === 'q' || key === '\u0003' || key === esc;

/** A lone Escape is told from the start of an arrow key by waiting. */
const escapeMs = 60;

function createKeyReader(pressed: (key: string) => void): (chunk: Buffer) => void {
	let waiting: NodeJS.Timeout | undefined;
	const escaped = () => {
		waiting = undefined;
		pressed(esc);
	};
	return chunk => {
		const text = (waiting ? esc : '') + chunk.toString('utf8');
		clearTimeout(waiting);
		waiting = text === esc ? setTimeout(escaped, escapeMs) : undefined;
		if (!waiting) keysIn(text).forEach(pressed);
	};
}

/** Terminals do not agree on what these keys send. */
const home: readonly string[] = ['\u001b[H', '\u001bOH', '\u001b[1~', '\u001b[7~'];
const end: readonly string[] = ['\u001b[F', '\u001bOF', '\u001b[4~', '\u001b[8~'];

/** Does what a key asks for. */
function press(player: Player<Marker>, key: string) {
	if (home.includes(key)) return void player.seek(0);
	if (end.includes(key)) return void player.seek(player.duration);
	const actions: Record<string, () => unknown> = {
		' ': player.toggle,
		'+': player.faster,
		'=': player.faster,
		'-': player.slower,
		n: player.nextMarker,
		p: player.previousMarker,
		'\u001b[C': () => player.seek(player.position + seekMs),
		'\u001bOC': () => player.seek(player.position + seekMs),
		'\u001b[D': () => player.seek(player.position - seekMs),
		'\u001bOD': () => player.seek(player.position - seekMs),
	};
	actions[key]?.();
}

/** Takes the terminal over; the way out gives it back, and is gone on every end of the process. */
function takeTerminal(): () => void {
	const {stdin, stdout} = process;
	let isTaken = true;
	const giveBack = () => {
		if (!isTaken) return;
		isTaken = false;
		try {
			stdin.setRawMode(false);
			writeSync(stdout.fd, leave);
		} catch {
			// The terminal has gone.
		}
		stdin.pause();
		process.off('exit', giveBack);
	};
	process.on('exit', giveBack);
	stdin.setRawMode(true);
	stdin.resume();
	stdout.write(enter);
	return giveBack;
}

/**
 * Plays a recording in this terminal until a human has seen enough, or the signal ends it. Only printable text and colours
 * reach the terminal.
 */
export async function playInTerminal(replay: PlayedReplay, signal: AbortSignal): Promise<void> {
	const {stdin, stdout} = process;
	const player = createPlayer({cast: replay.cast, markers: replay.markers});
	const painter = createReplayPainter(stdout, replay.depth);
	const giveBack = takeTerminal();
	const over = Promise.withResolvers<void>();
	let helps = false;
	const pressed = (key: string) => {
		const closes = helps;
		helps = !helps && key === '?';
		if (isQuit(key) && !(closes && key === esc)) over.resolve();
		else if (!closes) press(player, key);
	};
	const onKeys = createKeyReader(pressed);
	let isOver = false;
	const paint = () => {
		if (isOver) return;
		const {screen} = player;
		const [, cursorRow] = screen.cursor ?? [0, screen.rows - 1];
		const status = statusLine(player, replay.title);
		if (helps) painter.paint(helpRows, status);
		else painter.paint(screen.visibleRows(), status, cursorRow);
	};
	const onFrame = () => void player.advance().then(paint, over.reject);
	const end = () => over.resolve();
	stdin.on('data', onKeys);
	stdin.on('end', end);
	stdout.on('resize', painter.forget);
	signal.addEventListener('abort', end, {once: true});
	if (signal.aborted) end();
	const timer = setInterval(onFrame, frameMs);
	try {
		player.setSpeed(replay.speed);
		await Promise.race([player.seek(replay.atMs), over.promise]);
		player.play();
		await over.promise;
	} finally {
		isOver = true;
		clearInterval(timer);
		stdin.off('data', onKeys);
		stdin.off('end', end);
		stdout.off('resize', painter.forget);
		signal.removeEventListener('abort', end);
		giveBack();
		player.dispose();
	}
}
