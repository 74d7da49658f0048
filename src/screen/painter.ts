import type {PaneFrame} from '../domain/frame.js';
import {placed} from './doubtful.js';
import type {Segment} from './layers.js';
import type {Row} from './row.js';

/** What a pane shows: the frames so far, put together. */
export interface PanePicture {
	rows: Row[];
	cursor: PaneFrame['cursor'];
}

const blank: Row = {text: '', cells: 0};

/** A picture after a frame. Rows that did not change stay the same objects. */
export function pictureAfter(before: PanePicture | undefined, frame: PaneFrame): PanePicture {
	const rows = Array.from({length: frame.rows}, (_, y) => (frame.whole ? blank : (before?.rows[y] ?? blank)));
	for (const [y, text, cells] of frame.changed) if (y < frame.rows) rows[y] = {text, cells};
	return {rows, cursor: frame.cursor};
}

const plain = /^(?:[ -~]|\u001b\[[\d;]*m)*$/;

/** Puts the cursor on a cell, counted from 0. */
export const at = (x: number, y: number) => `\u001b[${y + 1};${x + 1}H`;

/** One segment as the terminal shall show it; what of it is blank is erased and not written. */
function drawn({x, cols}: Segment, y: number, {text, cells}: Row, isPlain: boolean): string {
	// Where terminals count cells differently, what is not written over has to be gone before.
	if (!isPlain) return `${at(x, y)}\u001b[${cols}X${placed(text, column => at(x + column, y))}`;
	return cells >= cols ? at(x, y) + text : `${at(x, y)}${text}\u001b[${cols - cells}X`;
}

/** Remembers what stands on the terminal, and writes what is different. */
export interface Painter {
	/** Takes a new layout; rows laid out as before keep what stands there. */
	layOut(rows: readonly (readonly Segment[])[]): void;
	/** Nothing is known of what the terminal shows. */
	forget(): void;
	/** What has to be written so that every segment shows its row; '' for nothing. */
	paint(contentOf: (segment: Segment, y: number) => Row): string;
}

const overlaps = (a: Segment, b: Segment) => a.x < b.x + b.cols && b.x < a.x + a.cols;

function paintRow(
	segments: readonly Segment[],
	shown: (string | undefined)[],
	y: number,
	contentOf: (segment: Segment, y: number) => Row,
): string {
	let output = '';
	const painted: Segment[] = [];
	let drift = false;
	for (const [index, segment] of segments.entries()) {
		const row = contentOf(segment, y);
		// Painted again: what lies over a segment that was painted, and what a wide character may have run into.
		const isUnder = segment.layer === 'dialog' && painted.some(other => overlaps(other, segment));
		if (shown[index] === row.text && !isUnder && !drift) continue;
		const isPlain = plain.test(row.text);
		output += drawn(segment, y, row, isPlain);
		shown[index] = row.text;
		painted.push(segment);
		// Also a frame that is still as wide as its hole was.
		drift = !isPlain || row.cells > segment.cols;
	}
	return output;
}

export function createPainter(): Painter {
	let layout: readonly (readonly Segment[])[] = [];
	let shown: (string | undefined)[][] = [];
	return {
		layOut(rows) {
			shown = rows.map((segments, y) =>
				JSON.stringify(segments) === JSON.stringify(layout[y]) ? (shown[y] ?? []) : [],
			);
			layout = rows;
		},
		forget() {
			shown = layout.map(() => []);
		},
		paint: contentOf => layout.map((segments, y) => paintRow(segments, shown[y] ?? [], y, contentOf)).join(''),
	};
}
