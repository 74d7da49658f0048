import type {Line} from './lines.js';
import {outlineOf} from './outline.js';

/** Differently indented neighbours can swallow each other when one moves: true when no item has changed, gone or come. */
export const keepsItems = (before: readonly Line[], after: readonly Line[]): boolean =>
	isSame(textsOf(before), textsOf(after));

export const isSame = (was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>) =>
	was.size === is.size && [...was].every(([key, text]) => is.get(key) === text);

/** Each item's text, by its id, else by the text itself. */
export function textsOf(lines: readonly Line[]): Map<string, string> {
	const texts = new Map<string, string>();
	for (const {id, start, end} of outlineOf(lines).blocks) {
		const text = lines
			.slice(start, end)
			.map(line => line.text)
			.join('\n');
		texts.set(id ?? text, text);
	}
	return texts;
}
