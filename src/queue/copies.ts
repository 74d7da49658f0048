import type {Line} from './lines.js';
import {type Block, outlineOf} from './outline.js';

/** The same lines, in which copies of another item's id are replaced by ids of their own. */
export function separateCopies(
	lines: readonly Line[],
	isMeant: (copy: Block) => boolean = () => true,
): readonly Line[] {
	const copies = outlineOf(lines).blocks.filter(block => block.item.id && !block.idWritten && isMeant(block));
	if (copies.length === 0) return lines;
	const separated = [...lines];
	for (const {start, item, id} of copies) {
		const line = lines[start];
		if (!line || !item.id || !id) continue;
		const rest = `${item.rest.slice(0, item.id.start)}^${id}${item.rest.slice(item.id.end)}`;
		separated[start] = {...line, text: `${item.opening}${item.mark}]${rest}`};
	}
	return separated;
}
