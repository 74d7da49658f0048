import type {LineMark, TerminalScreen} from './terminal-screen.js';

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** A window of some rows over the lines of a screen, with a cursor in it. */
export function createWindow(screen: TerminalScreen, firstRows: number) {
	let rows = firstRows;
	let below = 0;
	let cursor = rows - 1;
	// A mark keeps its line while the history grows and the oldest of it falls away.
	let anchor: LineMark | undefined;
	const height = () => screen.history + screen.rows;
	const lowest = () => Math.max(0, height() - rows);
	const top = () => clamp(anchor && anchor.line >= 0 ? anchor.line : lowest() - below, 0, lowest());
	const stand = (line: number) => {
		const at = clamp(line, 0, lowest());
		below = lowest() - at;
		anchor?.dispose();
		anchor = screen.mark(at);
	};
	stand(lowest());
	return {
		top,
		height,
		rows: () => rows,
		below: () => lowest() - top(),
		cursor: () => cursor,
		here: () => top() + cursor,
		/** Moves the cursor to a line, and the window as far as that takes: just into sight, or to its middle. */
		goTo(line: number, place: 'edge' | 'middle' = 'edge') {
			const wanted = clamp(line, 0, height() - 1);
			const isInside = wanted >= top() && wanted < top() + rows;
			if (!isInside && place === 'middle') stand(wanted - Math.floor(rows / 2));
			else if (wanted < top()) stand(wanted);
			else if (!isInside) stand(wanted - rows + 1);
			cursor = wanted - top();
		},
		/** Moves the window, and the cursor with it. */
		scroll(by: number) {
			stand(top() - by);
		},
		resize(newRows: number) {
			rows = newRows;
			cursor = clamp(cursor, 0, rows - 1);
			stand(top());
		},
		end: () => anchor?.dispose(),
	};
}
