import type {IBuffer} from '@xterm/headless';

/** Which rows of a screen have changed since somebody last looked. */
export interface DirtyRows {
	/** Grows with every change. */
	readonly version: number;
	/** True when the row may look different from how it looked at that version. */
	isDirty(row: number, since: number): boolean;
}

const [backspace, lineFeed, carriageReturn, begin, bracket] = [8, 10, 13, 27, 91];
const [zero, semicolon, m] = [48, 59, 109];

/** Position behind an SGR sequence that starts at `at`; -1 when it is something else. */
function behindStyle(data: Uint8Array, at: number): number {
	if (data[at + 1] !== bracket) return -1;
	let end = at + 2;
	while (end < data.length && (data[end] ?? 0) >= zero && (data[end] ?? 0) <= semicolon) end++;
	return data[end] === m ? end : -1;
}

/** True where a byte of 128 to 159 stands behind this one as a control of its own and not as a part of a character. */
const isControl = (before = 0) => before < 128 || before === 0xc2;

/**
 * Whether a terminal is between sequences after this; undefined = as before. Only a whole CSI sequence is proof: of the
 * others the end may be yet to come.
 */
export function isBetween(data: string | Uint8Array): boolean | undefined {
	const at = typeof data === 'string' ? data.lastIndexOf('\u001b') : data.lastIndexOf(begin);
	const tail = Buffer.from(data.slice(Math.max(0, at)) as string).toString('utf8');
	if (/[\u0080-\u009f]/.test(tail)) return false;
	return at === -1 ? undefined : /^\u001b\[[0-?]*[ -/]*[@-~]/.test(tail);
}

/** Line feeds in text that prints, and moves only along its row or to the next; -1 for anything that may do more. */
function lineFeedsOf(data: Uint8Array): number {
	let count = 0;
	for (let at = 0; at < data.length; at++) {
		const byte = data[at] ?? 0;
		if (byte === lineFeed) count++;
		else if (byte === begin) at = behindStyle(data, at);
		else if (byte < 32 && byte !== carriageReturn && byte !== backspace) return -1;
		// Another sequence, or a control of one byte or of the two that UTF-8 makes of it.
		if (at < 0 || byte === 127 || (byte >= 128 && byte < 160 && isControl(data[at - 1]))) return -1;
	}
	return count;
}

/** Follows what is written closely enough to know that the echo of a key changes one row; of everything else it says that all may have. */
export function createDirtyRows(now: () => {buffer: IBuffer; cols: number}) {
	let version = 1;
	let allAt = 1;
	let rowAt: number[] = [];
	let isCertain = true;
	const all = () => {
		version++;
		allAt = version;
		rowAt = [];
	};
	const isLocal = (data: string | Uint8Array, write: () => void): [first: number, last: number] | undefined => {
		const {buffer, cols} = now();
		const {cursorX, cursorY, baseY, type} = buffer;
		// What cannot reach the edge cannot wrap there.
		const isShort = isCertain && typeof data !== 'string' && data.length <= cols - cursorX;
		const feeds = isShort ? lineFeedsOf(data) : -1;
		isCertain = isBetween(data) ?? isCertain;
		write();
		const {buffer: after} = now();
		const isSame = after.baseY === baseY && after.type === type && after.cursorY - cursorY === feeds;
		return feeds >= 0 && isSame ? [cursorY, after.cursorY] : undefined;
	};
	return {
		get version() {
			return version;
		},
		isDirty: (row: number, since: number) => allAt > since || (rowAt[row] ?? 0) > since,
		all,
		/** Writes, and notes which rows that can have changed. */
		during(data: string | Uint8Array, write: () => void) {
			const rows = isLocal(data, write);
			if (!rows) return all();
			version++;
			for (let row = rows[0]; row <= rows[1]; row++) rowAt[row] = version;
		},
	};
}
