import type {Rect} from './layers.js';
import type {Row} from './row.js';

/** Where a dialog lies, and what becomes of the rest of the window. */
export interface Cover extends Rect {
	/** What is seen beside it steps back while it is there. @default false */
	readonly veils?: boolean;
}

const blank: Row = {text: '', cells: 0};
const sgr = /\u001b\[[\d;]*m/g;

/** The same words, faint, without colours and without bars. */
const faint = ({text, cells}: Row): Row => {
	const words = text.replaceAll(sgr, '');
	return words.trim() === '' ? blank : {text: `\u001b[2m${words}\u001b[0m`, cells};
};

/** What lies under a dialog: a text that a frame cuts through is only in the way, so that beside it nothing is left. */
export function createVeil() {
	let rows: readonly Rect[] = [];
	let known = new WeakMap<Row, Row>();
	/** Nothing may be faint: then what steps back is gone. */
	let isStrict = false;
	return {
		get isUp() {
			return rows.length > 0;
		},
		drape(covers: readonly Cover[]) {
			rows = covers.filter(({veils}) => veils);
		},
		setStrict(strict: boolean) {
			isStrict = strict;
			known = new WeakMap();
		},
		over(row: Row, y: number): Row {
			if (rows.length === 0) return row;
			if (isStrict || rows.some(place => y >= place.y && y < place.y + place.rows)) return blank;
			const found = known.get(row) ?? faint(row);
			known.set(row, found);
			return found;
		},
	};
}
