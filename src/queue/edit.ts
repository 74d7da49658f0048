import type {MissionState} from '../domain/mission.js';
import {composeItem, type NewMission} from './compose-item.js';
import {separateCopies} from './copies.js';
import {rewriteItemLine} from './item-line.js';
import {isSame, keepsItems, textsOf} from './keeps-items.js';
import {bytesOf, dominantEol, isBlank, type Line, styleOf, viewOf} from './lines.js';
import {type Block, outlineOf} from './outline.js';
import {placeItem} from './place.js';
import {type Changed, placeBeside, setPriority} from './reorder.js';
import {type SectionName, sectionOf} from './sections.js';

/**
 * `mark` sets the state, writes the id if it is not yet in the file and moves the item under its heading. `doneOn`
 * (`2026-01-30`) goes with `done`; without it a date that is there stays. `append` adds to Pending. `remove` takes the item out
 * with all that is below it, unless its neighbours could not stay what they are. `place` puts it directly before or after another
 * one of its section, under the same condition. `priority` writes 1 to 4.
 */
export type Edit =
	| {readonly op: 'mark'; readonly id: string; readonly state: MissionState; readonly doneOn?: string}
	| {readonly op: 'append'; readonly mission: NewMission}
	| {readonly op: 'remove'; readonly id: string}
	| {readonly op: 'place'; readonly id: string; readonly side: 'before' | 'after'; readonly beside: string}
	| {readonly op: 'priority'; readonly id: string; readonly priority: number};
type Mark = Extract<Edit, {op: 'mark'}>;

export interface EditResult {
	/** The very buffer that was given when nothing had to change. */
	readonly bytes: Buffer;
	/** Ids that were to be marked and are not in the file. */
	readonly unknownIds: readonly string[];
}

/** Applies edits; bytes that they have no reason to change stay. The same edits twice do what they do once. */
export function applyEdits(bytes: Buffer, edits: readonly Edit[]): EditResult {
	const wanted = lastMarks(edits);
	let result = onePass(bytes, wanted);
	// An item that had to stay where it stood may have its way free once those behind it have moved.
	for (let round = 1; round < wanted.length; round++) {
		const next = onePass(result.bytes, wanted);
		if (next.bytes === result.bytes) break;
		result = next;
	}
	return result;
}

function onePass(bytes: Buffer, edits: readonly Edit[]): EditResult {
	const unknownIds: string[] = [];
	let current = bytes;
	for (const edit of edits) {
		const view = viewOf(current);
		const lines = changed(view.lines, edit);
		if (lines === 'unknown') unknownIds.push(edit.op === 'append' ? edit.mission.id : edit.id);
		else if (lines !== 'unchanged') current = bytesOf(lines, styleOf(view));
	}
	return {bytes: current, unknownIds};
}

/** `applyEdits`, for callers that do not ask which ids are gone. */
export const editQueue = (bytes: Buffer, edits: readonly Edit[]): Buffer => applyEdits(bytes, edits).bytes;

/** Only the last mark of a mission counts: passing through the others would move it back and forth. */
function lastMarks(edits: readonly Edit[]): readonly Edit[] {
	const last = new Map<string, Mark>();
	for (const edit of edits) if (edit.op === 'mark') last.set(edit.id, edit);
	return edits.filter(edit => edit.op !== 'mark' || last.get(edit.id) === edit);
}

function changed(lines: readonly Line[], edit: Edit): Changed {
	switch (edit.op) {
		case 'append':
			return append(lines, edit.mission);
		case 'mark':
			return mark(lines, edit);
		case 'remove':
			return remove(lines, edit.id);
		case 'place':
			return placeBeside(lines, edit);
		case 'priority':
			return setPriority(lines, edit.id, edit.priority);
	}
}

function append(lines: readonly Line[], mission: NewMission): Changed {
	const isThere = outlineOf(lines).blocks.some(({id}) => id === mission.id);
	return isThere ? 'unchanged' : placeItem(lines, composeItem(mission), 'Pending', []);
}

/** Where a human copied an id, the first item has it; the copies get theirs now, before the first may move behind them. */
function mark(asRead: readonly Line[], {id, state, doneOn}: Mark): Changed {
	const lines = separateCopies(asRead, ({item}) => item.id?.value === id);
	const {blocks} = outlineOf(lines);
	const block = blocks.find(candidate => candidate.id === id);
	if (!block) return 'unknown';
	const text = rewritten(block, {id, state, doneOn: state === 'done' ? (doneOn ?? block.item.doneOn) : undefined});
	const head = lines[block.start];
	const section = block.section === 'preamble' && state === 'pending' ? 'preamble' : sectionOf[state];
	if (!head || (head.text === text && block.section === section)) return lines === asRead ? 'unchanged' : lines;
	const marked = lines.with(block.start, {...head, text});
	if (block.section === section) return marked;
	const moved = move(marked, block, sectionOf[state]);
	return keepsItems(marked, moved) ? moved : marked;
}

/** A mark that says so already is left as it is written: `[X]` stays `[X]`. */
function rewritten(
	{item, idWritten, id: oldId}: Block,
	to: {id: string; state: MissionState; doneOn: string | undefined},
): string {
	const isSaid = idWritten && oldId === to.id && item.state === to.state && item.doneOn === to.doneOn;
	return isSaid ? `${item.opening}${item.mark}]${item.rest}` : rewriteItemLine(item, to);
}

/** Without an item, and without the blank line behind it where one stands before it too. */
function withoutBlock(lines: readonly Line[], {start, end}: Pick<Block, 'start' | 'end'>): Line[] {
	const isBlankLine = (at: number) => at >= 0 && at < lines.length && isBlank(lines[at]?.text ?? '');
	const gapEnd = isBlankLine(start - 1) && isBlankLine(end) ? end + 1 : end;
	return [...lines.slice(0, start), ...lines.slice(gapEnd)];
}

/** An item with a blank line on both sides takes one along, so that spacing stays as it was on both ends of the way. */
function move(lines: readonly Line[], {start, end}: Block, section: SectionName): Line[] {
	const rest = withoutBlock(lines, {start, end});
	const gapEnd = end + (lines.length - rest.length - (end - start));
	// The item may become the last of a file that has no line end there.
	const eol = dominantEol(lines);
	const item = lines.slice(start, end).map(line => (line.eol === eol ? {...line, eol: ''} : line));
	return placeItem(rest, item, section, lines.slice(end, gapEnd));
}

function remove(lines: readonly Line[], id: string): Changed {
	const block = outlineOf(lines).blocks.find(candidate => candidate.id === id);
	if (!block) return 'unchanged';
	const rest = withoutBlock(lines, block);
	const others = textsOf(lines);
	others.delete(id);
	return isSame(others, textsOf(rest)) ? rest : 'unchanged';
}
