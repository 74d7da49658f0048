import type {ColourDepth} from '../screen/index.js';
import {enterSequence, restoreSequence} from './terminal-modes.js';

/** The human's terminal. */
export interface OuterTerminal {
	readonly cols: number;
	readonly rows: number;
	readonly depth: ColourDepth;
	/** Gives false when it is full; `onDrain` tells when it has room again. */
	write(text: string): boolean;
	onDrain(listener: () => void): void;
	onResize(listener: () => void): void;
	onData(listener: (text: string) => void): void;
	/** Makes it ours: raw, the alternate screen, the modes we need. */
	enter(): void;
	/** Gives it back as it was. */
	leave(): void;
	/** As `leave`, and for good: `enter` does nothing any more. */
	close(): void;
}

const depths: Readonly<Record<number, ColourDepth>> = {1: 'none', 4: '16', 8: '256', 24: 'true'};

/** `NO_COLOR` and its like have the last word; else what the terminal says of itself. */
export function colourDepth(colour: boolean, stdout: Pick<NodeJS.WriteStream, 'getColorDepth'>): ColourDepth {
	return colour ? (depths[stdout.getColorDepth()] ?? '16') : 'none';
}

interface Streams {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
}

/** A window that is not there yet, or has been closed, says 0. */
const sizeOf = (value: number | undefined, otherwise: number) => (value !== undefined && value > 0 ? value : otherwise);

export function openOuterTerminal({stdin, stdout}: Streams, colour: boolean): OuterTerminal {
	let isOurs = false;
	let isClosed = false;
	const leave = () => {
		if (!isOurs) return;
		isOurs = false;
		try {
			stdout.write(restoreSequence);
			stdin.setRawMode(false);
		} catch {
			// The terminal is gone: there is nothing to give back.
		}
	};
	// However this process ends, if it can still do anything at all.
	process.once('exit', leave);
	stdin.setEncoding('utf8');
	return {
		get cols() {
			return sizeOf(stdout.columns, 80);
		},
		get rows() {
			return sizeOf(stdout.rows, 24);
		},
		depth: colourDepth(colour, stdout),
		write: text => !isOurs || stdout.write(text),
		onDrain: listener => void stdout.on('drain', listener),
		onResize: listener => void stdout.on('resize', listener),
		onData: listener => void stdin.on('data', data => isOurs && listener(String(data))),
		enter() {
			if (isClosed) return;
			isOurs = true;
			stdin.setRawMode(true);
			stdin.resume();
			stdout.write(enterSequence);
		},
		leave,
		close() {
			isClosed = true;
			leave();
			stdin.pause();
			process.off('exit', leave);
		},
	};
}
