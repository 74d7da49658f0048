import type {Cast} from './cast.js';
import {openEmulator, written} from './emulator.js';
import {watchState} from './terminal-state.js';

/** A place in a recording from which it can be played without what was before. */
export interface Keyframe {
	/** Events that it stands for. */
	readonly count: number;
	readonly cols: number;
	readonly rows: number;
	/** Brings a terminal of this size there. */
	readonly text: string;
}

/** Characters between two keyframes: a terminal takes 10 to 40 million a second, so a jump costs 20 to 100 ms. */
const everyChars = 1_000_000;

/**
 * Plays a recording once, without showing it, and tells the keyframes as they are found. A recording that is shorter than
 * the distance between two has none.
 *
 * @param signal Ends it early.
 */
export async function findKeyframes(
	{header, events}: Pick<Cast, 'header' | 'events'>,
	found: (keyframe: Keyframe) => void,
	signal: AbortSignal,
): Promise<void> {
	const terminal = openEmulator({cols: header.cols, rows: header.rows, scrollback: 200});
	const state = watchState(terminal);
	let text = '';
	let chars = 0;
	const drain = async () => {
		if (text !== '') await written(terminal, text);
		text = '';
	};
	for (const [index, event] of events.entries()) {
		if (signal.aborted) break;
		if (event.kind === 'output') {
			text += event.text;
			chars += event.text.length;
		} else if (event.kind === 'resize') {
			await drain();
			terminal.resize(Math.max(2, event.cols), event.rows);
		}
		if (chars < everyChars) continue;
		await drain();
		chars = 0;
		found({count: index + 1, cols: terminal.cols, rows: terminal.rows, text: await state()});
	}
	terminal.dispose();
}
