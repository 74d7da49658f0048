import type {Terminal} from '@xterm/headless';

/** Far more units than a character with all the marks of any language has. */
const mostUnits = 64;
const keptUnits = 20;

/**
 * A terminal adds every combining mark to the character before the cursor, without end: forty million of them are a cell of
 * half a gigabyte. Called after each piece, this writes a cell that has grown too much anew, with the first few.
 */
export function createMarkLimit(terminal: Pick<Terminal, 'buffer' | 'write' | 'input'>): () => void {
	const {buffer} = terminal;
	const cell = buffer.active.getNullCell();
	return () => {
		const {cursorX, cursorY, baseY} = buffer.active;
		const line = buffer.active.getLine(baseY + cursorY);
		for (const back of [1, 2]) {
			const found = cursorX >= back ? line?.getCell(cursorX - back, cell) : undefined;
			if (!found || found.getChars().length <= mostUnits) continue;
			terminal.input('', true);
			terminal.write(`${'\b'.repeat(back)}${found.getChars().slice(0, keptUnits).toWellFormed()}`);
			return;
		}
	};
}
