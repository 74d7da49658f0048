import type {QueueProblem} from '../domain/mission.js';
import {isListTitle} from './body.js';
import {Conflicts} from './conflicts.js';
import {createIdSource} from './ids.js';
import {type ItemLine, readItemLine} from './item-line.js';
import {indentOf, isBlank, type Line, textStart} from './lines.js';
import {type Heading, headingOf, type SectionName} from './sections.js';
import {
	closesVerbatim,
	conflictOpenedBy,
	endsConflict,
	isConflict,
	type Verbatim,
	verbatimOpenedBy,
} from './verbatim.js';

/** An item with everything indented under it: lines `start` to `end` (0-based, exclusive), no blank line at its end. */
export interface Block {
	readonly start: number;
	end: number;
	readonly section: SectionName | 'preamble';
	readonly item: ItemLine;
	/** Unset for an item that cannot be used and has no id in the file. */
	id?: string;
	idWritten: boolean;
	/** Why it must not be started. */
	held?: string;
}

export interface PlacedHeading extends Heading {
	readonly line: number;
}

/**
 * What lies where in missions.md. Items count under the five headings only, up to the next heading of level 1 or 2; in a
 * file that has none of the five, before the first such heading (a title of level 1 may stand above them).
 */
export interface Outline {
	readonly headings: readonly PlacedHeading[];
	readonly blocks: readonly Block[];
	readonly problems: readonly QueueProblem[];
	/** First line of a fence or comment that is never closed, else the number of lines: nothing may be added from here on. */
	readonly openFrom: number;
	/** 1-based line of the first marker of a conflict. */
	readonly conflictAt: number | undefined;
}

export function outlineOf(lines: readonly Line[]): Outline {
	const scan = new Scan();
	for (let at = 0; at < lines.length; at++) scan.take(lines[at]?.text ?? '', at);
	return scan.finish(lines.length);
}

const bullet = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
/** Words at the first column, as an answer or a description begins; latin1. */
const prose = /^[ \t]*["'(*_]*[A-Za-z0-9\u0080-\u00ff]/;
const [hash, backtick, tilde, less] = [35, 96, 126, 60];

class Scan {
	readonly #headings: PlacedHeading[] = [];
	readonly #blocks: Block[] = [];
	#section: SectionName | 'preamble' | undefined = 'preamble';
	/** The list item that deeper lines belong to; `block` is unset for a plain bullet. */
	#container: {indent: number; block?: Block} | undefined;
	/** Lines directly below an item that a human will have meant for it. */
	readonly #loose: {line: number; block: Block}[] = [];
	#open: {verbatim: Verbatim; inItem: boolean; line: number} | undefined;
	readonly #conflicts = new Conflicts();

	take(text: string, at: number): void {
		if (this.#open && this.#staysOpen(text, at)) return;
		const first = textStart(text);
		if (first === text.length) return;
		const indent = first === 0 ? 0 : indentOf(text);
		if (this.#container && this.#isInside(this.#container.indent, indent, text)) {
			if (this.#container.block) this.#container.block.end = at + 1;
			this.#openVerbatim(text, at, true);
			return;
		}
		const above = this.#container?.block;
		this.#container = undefined;
		if (indent >= 4 || this.#openVerbatim(text, at, false) || this.#takeTopLevel(text, at, indent)) return;
		const isBelow = above?.end === at && above.item.state !== 'done';
		if (isBelow && (prose.test(text) || isListTitle(text))) this.#loose.push({line: at, block: above});
	}

	/** A fence or comment inside an item ends with the item at the latest. */
	#staysOpen(text: string, at: number): boolean {
		const open = this.#open;
		if (!open) return false;
		const indent = this.#container?.indent ?? -1;
		if (open.inItem && !isBlank(text) && indentOf(text) <= indent) {
			this.#open = undefined;
			return false;
		}
		if (open.inItem && this.#container?.block && !isBlank(text)) this.#container.block.end = at + 1;
		if (isConflict(open.verbatim) && headingOf(text)) this.#conflicts.holdsHeading();
		if (!closesVerbatim(open.verbatim, text)) return true;
		this.#open = undefined;
		// What a heading in it would have begun nobody knows: up to the next one nothing is a mission.
		if (isConflict(open.verbatim) && this.#conflicts.end(at)) this.#section = undefined;
		return true;
	}

	#isInside(containerIndent: number, indent: number, text: string): boolean {
		if (indent >= containerIndent + 2) return true;
		return indent > containerIndent && !bullet.test(text) && !headingOf(text) && !verbatimOpenedBy(text);
	}

	#openVerbatim(text: string, at: number, inItem: boolean): boolean {
		const code = text.charCodeAt(textStart(text));
		const mayOpen = code === backtick || code === tilde || code === less;
		const verbatim = mayOpen ? (conflictOpenedBy(text) ?? verbatimOpenedBy(text)) : undefined;
		if (verbatim) this.#open = {verbatim, inItem, line: at};
		if (verbatim && isConflict(verbatim)) this.#conflicts.begin(at, this.#blocks);
		return verbatim !== undefined;
	}

	/** Gives whether it is a heading or a list item. */
	#takeTopLevel(text: string, at: number, indent: number): boolean {
		const heading = text.charCodeAt(textStart(text)) === hash ? headingOf(text) : undefined;
		if (heading) this.#takeHeading(heading, at);
		else if (endsConflict(text)) this.#conflicts.strayEnd(at, this.#blocks);
		else if (bullet.test(text)) this.#takeBullet(text, at, indent);
		else return false;
		return true;
	}

	#takeHeading(heading: Heading, at: number): void {
		this.#headings.push({...heading, line: at});
		this.#conflicts.section(this.#blocks.length);
		const isTitle = heading.level === 1 && this.#section === 'preamble' && this.#blocks.length === 0;
		if (!isTitle) this.#section = heading.name;
	}

	#takeBullet(text: string, at: number, indent: number): void {
		const item = this.#section && readItemLine(text);
		this.#container = {indent};
		if (!this.#section || !item) return;
		const block: Block = {start: at, end: at + 1, section: this.#section, item, idWritten: false};
		this.#blocks.push(block);
		this.#container.block = block;
	}

	finish(lineCount: number): Outline {
		const problems: QueueProblem[] = [];
		const hasSections = this.#headings.some(({name}) => name);
		const isStray = (block: Block) => hasSections && block.section === 'preamble';
		const blocks = this.#blocks.filter(block => !isStray(block));
		for (const {start} of this.#blocks.filter(isStray))
			problems.push({line: start + 1, what: 'stands above ## Pending'});
		for (const {line, block} of this.#loose)
			if (!isStray(block))
				problems.push({line: line + 1, what: 'is not indented: it belongs to no mission; indent it by two spaces'});
		const openFrom = this.#open && !this.#open.inItem ? this.#open.line : lineCount;
		problems.push(...this.#conflicts.problems);
		if (openFrom < lineCount && !this.#conflicts.isOpen)
			problems.push({line: openFrom + 1, what: 'opens a code block or comment that never ends'});
		problems.push(...nameBlocks(blocks));
		const inOrder = problems.sort((a, b) => a.line - b.line);
		return {headings: this.#headings, blocks, problems: inOrder, openFrom, conflictAt: this.#conflicts.firstLine};
	}
}

/** Gives every usable item its id. The first of two with the same written id keeps it, the other gets a derived one. */
function nameBlocks(blocks: readonly Block[]): QueueProblem[] {
	const problems: QueueProblem[] = [];
	const taken = new Set<string>();
	for (const block of blocks) {
		const {id, problem} = block.item;
		if (problem) problems.push({line: block.start + 1, what: problem});
		if (!id) continue;
		if (taken.has(id.value)) {
			problems.push({line: block.start + 1, what: `^${id.value} is another mission's id`});
			continue;
		}
		block.id = id.value;
		block.idWritten = true;
		taken.add(id.value);
	}
	const freshId = createIdSource(taken);
	for (const block of blocks) {
		const isNameable = block.item.id !== undefined || block.item.problem === undefined;
		if (!block.idWritten && isNameable) block.id = freshId(block.item.title);
	}
	return problems;
}
