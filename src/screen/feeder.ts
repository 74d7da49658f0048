type Data = string | Uint8Array;

interface Waiting {
	readonly data: Data;
	at: number;
	readonly done: () => void;
}

/** Takes bytes or text in at once. */
export type Sink = (piece: Data) => void;

/** Shares the time for parsing between screens. */
export interface Feeder {
	feed(sink: Sink, data: Data, done: () => void): void;
	/** What still waits for this sink is thrown away. */
	drop(sink: Sink): void;
}

/** How much is parsed in one turn of the event loop: half a millisecond's worth, so that a key never waits longer. */
const turnLength = 32_768;
const pieceLength = 8192;

const slice = (data: Data, from: number, to: number) =>
	typeof data === 'string' ? data.slice(from, to) : data.subarray(from, to);

/**
 * Feeds what programs print to their screens. What is little is parsed at once, so that the echo of a key is on its way in
 * the same turn; a flood waits in line and gets a bounded piece of each turn, in turns with all others.
 */
export function createFeeder(): Feeder {
	const lines = new Map<Sink, Waiting[]>();
	let left = turnLength;
	let isArmed = false;
	const arm = () => {
		if (isArmed) return;
		isArmed = true;
		setImmediate(turn);
	};
	const feedPiece = (sink: Sink, line: Waiting[]) => {
		const [first] = line;
		if (!first) return lines.delete(sink);
		const end = Math.min(first.at + pieceLength, first.data.length);
		sink(first.at === 0 && end === first.data.length ? first.data : slice(first.data, first.at, end));
		left -= end - first.at;
		first.at = end;
		if (end < first.data.length) return;
		line.shift();
		if (line.length === 0) lines.delete(sink);
		first.done();
		return;
	};
	const turn = () => {
		isArmed = false;
		left = turnLength;
		while (left > 0 && lines.size > 0) {
			for (const [sink, line] of [...lines]) feedPiece(sink, line);
		}
		if (lines.size > 0) arm();
	};
	return {
		feed(sink, data, done) {
			const line = lines.get(sink);
			if (!line && data.length <= Math.min(left, pieceLength)) {
				left -= data.length;
				sink(data);
				arm();
				return done();
			}
			const waiting = {data, at: 0, done};
			if (line) line.push(waiting);
			else lines.set(sink, [waiting]);
			arm();
		},
		drop: sink => void lines.delete(sink),
	};
}
