import type {TerminalScreen} from './terminal-screen.js';

/** Lines as they were printed: what the terminal wrapped is put together again. */
export function textOf(screen: TerminalScreen, first: number, last: number): string {
	const lines: string[] = [];
	for (let line = first; line <= last; line++) {
		const {text, isWrapped} = screen.text(line);
		if (isWrapped && lines.length > 0) lines.push(`${lines.pop()}${text}`);
		else lines.push(text);
	}
	return lines.join('\n');
}
