import {type ColourDepth, createColourFit} from '../screen/colours.js';
import {hasGaps} from '../screen/doubtful.js';
import {playTime} from '../screen/play-time.js';
import type {Player} from '../screen/player.js';
import type {Marker} from '../screen/timeline.js';
import {plainText} from '../view/plain-text.js';

/** What the player's keys do. */
const keys: readonly (readonly [key: string, words: string])[] = [
	['space', 'pause, and go on'],
	['← →', 'back and forth by 5 s'],
	['Home End', 'to the beginning and the end'],
	['n p', 'to the next and the previous event'],
	['+ -', 'faster and slower'],
	['?', 'these keys'],
	['q Esc', 'quit'],
];

export const helpRows: readonly string[] = [
	'',
	...keys.map(([key, words]) => `   ${key.padEnd(10)}${words}`),
	'',
	'   any key closes this',
];

/** The way out and the time come first: what a narrow terminal cuts is at the end. */
export function statusLine(
	player: Pick<Player<Marker>, 'isPlaying' | 'position' | 'duration' | 'speed' | 'markers'>,
	title: string,
): string {
	const {isPlaying, position, duration, speed, markers} = player;
	const last = markers.findLast(({atMs}) => atMs <= position);
	const state = `${isPlaying ? '▶' : '⏸'} ${playTime(position)} / ${playTime(duration)} ×${speed}`;
	const told = last ? `${last.kind}: ${plainText(last.label)}` : title;
	return ` q quit · space ${isPlaying ? 'pause' : 'play'} · ? keys · ${state} · ${told}`;
}

const beginUpdate = '\u001b[?2026h';
const endUpdate = '\u001b[?2026l';
const inverse = (text: string) => `\u001b[7m${text}\u001b[0m`;

export interface ReplayPainter {
	/** The window has another size: nothing of what it shows is known. */
	forget(): void;
	/** Of more rows than fit, those around `cursorRow` are seen. */
	paint(rows: readonly string[], status: string, cursorRow?: number): void;
}

/** Paints rows made from cells, those that changed only, each picture at once and in the colours that the terminal has. */
export function createReplayPainter(
	out: Pick<NodeJS.WriteStream, 'rows' | 'columns'> & {write(text: string): unknown},
	depth: ColourDepth,
): ReplayPainter {
	const inColours = createColourFit(depth);
	const written = (line: string) => `${hasGaps(line) ? '\u001b[K' : ''}${inColours(line)}\u001b[0m\u001b[K`;
	let shown: string[] | undefined;
	return {
		forget() {
			shown = undefined;
		},
		paint(rows, status, cursorRow = 0) {
			const height = Math.max(1, out.rows - 1);
			const top = Math.max(0, Math.min(rows.length - height, cursorRow - height + 1));
			const lines = rows.slice(top, top + height);
			while (lines.length < height) lines.push('');
			const wanted = [...lines, inverse([...status].slice(0, out.columns).join('').padEnd(out.columns))];
			const text = wanted.map((line, y) => (line === shown?.[y] ? '' : `\u001b[${y + 1};1H${written(line)}`)).join('');
			if (text !== '') out.write(`${beginUpdate}${shown ? '' : '\u001b[2J'}${text}${endUpdate}`);
			shown = wanted;
		},
	};
}
