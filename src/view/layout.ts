/** Heights in rows and widths in cells; a panel with no height is left out. */
export interface Layout {
	readonly kind: 'small' | 'stack' | 'wide';
	readonly columns: number;
	readonly rows: number;
	/** Width of the left column of `wide`; the whole width otherwise. */
	readonly left: number;
	/** Width of the right column of `wide`; the whole width otherwise. */
	readonly right: number;
	readonly header: number;
	readonly queue: number;
	readonly pane: number;
	readonly budget: number;
	readonly memory: number;
	readonly activity: number;
	/** Width of a third column, with news and commands; 0 without one. */
	readonly third: number;
	readonly commands: number;
}

/** What gets the room that there is; each window begins with `even`. */
export const leans = ['even', 'queue', 'panes'] as const;
export type Lean = (typeof leans)[number];

/** In a smaller window no panel has room. */
export const smallest = {columns: 60, rows: 15};
const wideFrom = 100;
/** From here on a third column leaves the panes as wide as programs want them. */
const thirdFrom = {columns: 240, rows: 44};
/** Header, news and keys. */
const header = 2;
const around = header + 2;

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, Math.round(value)));

/** Of the room that queue and pane share in a stack, and of the width of `wide`. */
const queueShare = {queue: 0.7, panes: 0.28} as const;
const leastRows = 5;

function queueRows(shared: number, lean: Lean): number {
	if (lean !== 'even') return clamp(shared * queueShare[lean], leastRows, shared - leastRows);
	return shared >= 18 ? clamp(shared * 0.45, 9, 20) : Math.floor(shared / 2);
}

function leftColumns(columns: number, lean: Lean): number {
	const even = clamp(columns * 0.4, 44, 80);
	if (lean === 'even') return even;
	return lean === 'queue' ? clamp(columns * queueShare.queue, even, columns - 41) : clamp(even * 0.7, 40, even);
}

function stack(columns: number, rows: number, lean: Lean): Layout {
	const rest = rows - around;
	const budget = rest < 16 ? 1 : rest < 34 ? 2 : 7;
	const activity = rest >= 30 ? clamp(rest / 5, 6, 12) : 0;
	const memory = rest >= 36 ? 5 : 0;
	const shared = rest - budget - activity - memory;
	const queue = queueRows(shared, lean);
	return {
		kind: 'stack',
		columns,
		rows,
		left: columns,
		right: columns,
		header,
		queue,
		pane: shared - queue,
		budget,
		memory,
		activity,
		third: 0,
		commands: 0,
	};
}

function wide(columns: number, rows: number, lean: Lean): Layout {
	const rest = rows - around;
	const left = leftColumns(columns, lean);
	const budget = rest >= 16 ? clamp(rest / 5, 5, 8) : 2;
	const memory = rest >= 28 ? clamp(rest / 6, 4, 9) : 0;
	const activity = rest >= 16 ? clamp(rest / 4, 5, 12) : 0;
	return {
		kind: 'wide',
		columns,
		rows,
		left,
		// One column is the line between the two.
		right: columns - left - 1,
		header,
		queue: rest - budget - memory,
		pane: rest - activity,
		budget,
		memory,
		activity,
		third: 0,
		commands: 0,
	};
}

/** News and commands beside the panes, which get the whole height. */
function withThird(plan: Layout): Layout {
	const third = clamp(plan.columns * 0.27, 64, 100);
	const height = plan.pane + plan.activity;
	const activity = Math.floor(height / 2);
	return {...plan, right: plan.right - third - 1, pane: height, third, activity, commands: height - activity};
}

/** What goes where in a window of this size. Zoomed, the pane takes the place of all the other panels. */
export function planLayout(columns: number, rows: number, zoomed: boolean, lean: Lean = 'even'): Layout {
	if (columns < smallest.columns || rows < smallest.rows) {
		return {
			kind: 'small',
			columns,
			rows,
			left: columns,
			right: columns,
			header: 1,
			queue: 0,
			pane: 0,
			budget: 0,
			memory: 0,
			activity: 0,
			third: 0,
			commands: 0,
		};
	}
	const hasThird = columns >= thirdFrom.columns && rows >= thirdFrom.rows && lean !== 'queue';
	const two = columns >= wideFrom ? wide(columns, rows, lean) : stack(columns, rows, lean);
	const plan = hasThird ? withThird(two) : two;
	if (!zoomed) return plan;
	return {
		...plan,
		kind: 'stack',
		left: columns,
		right: columns,
		queue: 0,
		pane: rows - around,
		budget: 0,
		memory: 0,
		activity: 0,
		third: 0,
		commands: 0,
	};
}
