import type {Criterion} from '../domain/mission.js';
import {decode, indentOf, isBlank, type Line, trimmed, unindented} from './lines.js';
import {closesVerbatim, type Verbatim, verbatimOpenedBy} from './verbatim.js';

export interface Body {
	readonly description: string;
	readonly criteria: Criterion[];
	readonly testSteps: string[];
}

const listTitle =
	/^[ \t]*(?:#{1,6}[ \t]+(?:\*\*)?(acceptance criteria|test steps):?(?:\*\*)?:?(?:[ \t]+#+)?|(?:\*\*)?(acceptance criteria|test steps)(?::(?:\*\*)?|\*\*:))[ \t\r]*$/i;
const entry = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[^\]]\][ \t]+)?(.*)$/s;

/** Does this line start a list of criteria or steps? */
export const isListTitle = (text: string) => listTitle.test(text);

/** The lines under an item's first one, as description and lists. */
export function readBody(lines: readonly Line[]): Body {
	if (lines.length === 0) return {description: '', criteria: [], testSteps: []};
	const reading = new Reading();
	for (const {text} of lines) reading.take(text);
	return reading.finish();
}

interface OpenList {
	readonly entries: string[];
	readonly title: string;
	indent: number;
	isEmpty: boolean;
}

class Reading {
	readonly #description: string[] = [];
	readonly #lists = {criteria: [] as string[], steps: [] as string[]};
	#list: OpenList | undefined;
	#open: Verbatim | undefined;

	take(text: string): void {
		if (this.#open) {
			if (closesVerbatim(this.#open, text)) this.#open = undefined;
			this.#description.push(text);
			return;
		}
		const title = listTitle.exec(text);
		if (title) this.#startList(text, (title[1] ?? title[2] ?? '').toLowerCase());
		else if (!this.#list || !this.#takeIntoList(this.#list, text)) this.#takeIntoDescription(text);
	}

	#startList(title: string, name: string): void {
		this.#leaveList();
		const entries = name === 'test steps' ? this.#lists.steps : this.#lists.criteria;
		this.#list = {entries, title, indent: 0, isEmpty: true};
	}

	#takeIntoList(list: OpenList, text: string): boolean {
		if (isBlank(text)) return true;
		const indent = indentOf(text);
		const found = entry.exec(text);
		if (!list.isEmpty && indent > list.indent + 1) {
			list.entries.push(`${list.entries.pop() ?? ''} ${trimmed(text)}`);
			return true;
		}
		if (!found) return false;
		list.entries.push(trimmed(found[1] ?? ''));
		if (list.isEmpty) list.indent = indent;
		list.isEmpty = false;
		return true;
	}

	#takeIntoDescription(text: string): void {
		this.#leaveList();
		this.#open = verbatimOpenedBy(text);
		this.#description.push(text);
	}

	/** A title with no list under it was a line of the description. */
	#leaveList(): void {
		if (this.#list?.isEmpty) this.#description.push(this.#list.title);
		this.#list = undefined;
	}

	finish(): Body {
		this.#leaveList();
		return {
			description: decode(dedent(this.#description).join('\n')),
			criteria: this.#lists.criteria.filter(Boolean).map(text => criterionOf(decode(text))),
			testSteps: this.#lists.steps.filter(Boolean).map(decode),
		};
	}
}

/** Without the indentation that all lines share, and without blank lines at either end. */
export function dedent(lines: readonly string[]): string[] {
	const filled = lines.filter(line => !isBlank(line));
	const shared = filled.reduce((least, line) => Math.min(least, indentOf(line)), Number.POSITIVE_INFINITY);
	const first = lines.findIndex(line => !isBlank(line));
	const last = lines.findLastIndex(line => !isBlank(line));
	return lines.slice(Math.max(first, 0), last + 1).map(line => unindented(line, shared));
}

/** A criterion that is wholly one code span (CommonMark §6.1) is a command. */
function criterionOf(text: string): Criterion {
	const found = /^(`+)([^`].*?[^`]|[^`])\1$/.exec(text);
	if (!found?.[1] || !found[2]) return {text};
	const inner = found[2];
	const closesEarlier = inner.match(/`+/g)?.some(run => run === found[1]) ?? false;
	return closesEarlier ? {text} : {text, command: withoutPadding(inner)};
}

/** One space on both sides is how a span that starts or ends with a backtick is written. */
function withoutPadding(span: string): string {
	const isPadded = span.startsWith(' ') && span.endsWith(' ') && span.trim() !== '';
	return isPadded ? span.slice(1, -1) : span;
}
