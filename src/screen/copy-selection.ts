import type {LineMark, TerminalScreen} from './terminal-screen.js';

/** Lines from where it was begun to where the cursor is. */
export function createSelection(screen: TerminalScreen) {
	let begun: LineMark | undefined;
	return {
		isOn: () => begun !== undefined,
		toggle(here: number) {
			begun?.dispose();
			begun = begun ? undefined : (screen.mark(here) ?? {line: here, dispose() {}});
		},
		range: (here: number): readonly [first: number, last: number] | undefined =>
			begun && begun.line >= 0 ? [Math.min(begun.line, here), Math.max(begun.line, here)] : undefined,
		end: () => begun?.dispose(),
	};
}
