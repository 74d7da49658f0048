import type {Access, MissionState} from '../domain/mission.js';
import {readAttribute, unescapeWord} from './attributes.js';
import {decode, indentOf, lastWordStart, textStart, trimmedEnd} from './lines.js';
import {markOf, stateOfMark} from './marks.js';

export interface Attributes {
	priority?: number;
	access?: Access;
	template?: string;
	target?: string;
	playbook?: string;
	source?: string;
	after: string[];
}

/** The first line of an item, taken apart. Offsets count bytes of `rest`. */
export interface ItemLine {
	/** Columns before the bullet. */
	readonly indent: number;
	/** Everything up to and with `[`. */
	readonly opening: string;
	/** The bytes between the brackets. */
	readonly mark: string;
	readonly state: MissionState | undefined;
	/** Everything behind `]`. */
	readonly rest: string;
	readonly doneOn: string | undefined;
	/** Start of the title in `rest`, behind the date. */
	readonly titleStart: number;
	/** End of the title, before the attributes. */
	readonly titleEnd: number;
	/** End of the last attribute; white space may follow. */
	readonly textEnd: number;
	readonly title: string;
	readonly attributes: Attributes;
	readonly id: {readonly value: string; readonly start: number; readonly end: number} | undefined;
	readonly problem: string | undefined;
}

const date = /^[ \t]*(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[ \t]+(?:-|\xe2\x80[\x93\x94])[ \t]+/;

/** Takes an item's line apart; `undefined` when the line is none. */
export function readItemLine(text: string): ItemLine | undefined {
	const open = bracketOf(text);
	const close = open === -1 ? -1 : text.indexOf(']', open);
	if (close === -1 || !isMarkLike(text, open + 1, close) || isLink(text.charCodeAt(close + 1))) return undefined;
	const opening = text.slice(0, open + 1);
	const mark = text.slice(open + 1, close);
	const rest = text.slice(close + 1);
	const state = stateOfMark(mark);
	const dated = state === 'done' ? date.exec(rest) : null;
	const titleStart = dated?.[0].length ?? textStart(rest);
	const {textEnd, titleEnd, attributes, id, bad} = readTail(rest, titleStart);
	const title = titleOf(rest, titleStart, titleEnd);
	const doneOn = dated?.[1];
	const problem = state === undefined ? unknownMark(mark) : problemOf(rest, title, bad);
	const indent = indentOf(opening);
	return {indent, opening, mark, state, rest, doneOn, titleStart, titleEnd, textEnd, title, attributes, id, problem};
}

const isGap = (code: number) => code === 32 || code === 9;
const [star, plus, minus, bracket] = [42, 43, 45, 91];

/** Where the `[` of `- [` stands, or -1. */
function bracketOf(text: string): number {
	let at = 0;
	while (isGap(text.charCodeAt(at))) at++;
	const bullet = text.charCodeAt(at);
	if ((bullet !== minus && bullet !== star && bullet !== plus) || !isGap(text.charCodeAt(at + 1))) return -1;
	do at++;
	while (isGap(text.charCodeAt(at)));
	return text.charCodeAt(at) === bracket ? at : -1;
}

/** One character, or none, or the up to four bytes of one that is not ASCII. */
function isMarkLike(text: string, start: number, end: number): boolean {
	return end - start < 2 || (end - start <= 4 && /^[\x80-\xff]+$/.test(text.slice(start, end)));
}

/** `[a](url)`, `[a][ref]` and `[a]: url` are links. */
const isLink = (code: number) => code === 40 || code === 91 || code === 58;

const unknownMark = (mark: string) =>
	`[${decode(mark)}] is no mark: ${Object.values(markOf)
		.map(known => `[${known}]`)
		.join(' ')}`;

function problemOf(rest: string, title: string, bad: string | undefined): string | undefined {
	if (rest !== '' && !isGap(rest.charCodeAt(0))) return 'a space is missing behind the mark';
	return title === '' ? 'the title is empty' : bad;
}

/** Reads attributes from the end of the line backwards, up to the first word that is none. */
function readTail(rest: string, titleStart: number) {
	const attributes: Attributes = {after: []};
	const textEnd = Math.max(trimmedEnd(rest), titleStart);
	const tail = {
		attributes,
		textEnd,
		titleEnd: textEnd,
		id: undefined as ItemLine['id'],
		bad: undefined as string | undefined,
	};
	while (tail.titleEnd > titleStart) {
		const end = tail.titleEnd;
		const start = Math.max(lastWordStart(rest, end), titleStart);
		const word = readAttribute(rest.slice(start, end));
		if (!word) break;
		if (word.key === 'bad') tail.bad = word.value;
		else if (word.key === 'id') tail.id ??= {value: word.value, start, end};
		else setAttribute(attributes, word.key, word.value);
		tail.titleEnd = Math.max(trimmedEnd(rest, start), titleStart);
	}
	return tail;
}

/** Words are read from the last to the first, and the last one said counts. */
function setAttribute(attributes: Attributes, key: Exclude<keyof Attributes | 'id', 'id'>, value: string): void {
	if (key === 'after') attributes.after.unshift(value);
	else if (key === 'priority') attributes.priority ??= Number(value);
	else if (key === 'access') attributes.access ??= value as Access;
	else attributes[key] ??= value;
}

const backslash = 92;

function titleOf(rest: string, start: number, end: number): string {
	const lastWord = Math.max(lastWordStart(rest, end), start);
	if (rest.charCodeAt(lastWord) !== backslash) return decode(rest.slice(start, end)).trim();
	return decode(rest.slice(start, lastWord) + unescapeWord(rest.slice(lastWord, end))).trim();
}

export interface Rewrite {
	readonly state: MissionState;
	/** Written for a done mission. */
	readonly doneOn: string | undefined;
	/** Without one, what the line says stays. */
	readonly id: string | undefined;
}

/** The same line with another mark, date and id. All else keeps its bytes. */
export function rewriteItemLine(line: ItemLine, {state, doneOn, id}: Rewrite): string {
	const {opening, rest, titleStart} = line;
	const spaces = rest.slice(0, textStart(rest)) || ' ';
	const before = state === 'done' && doneOn !== undefined ? `${spaces}${doneOn} - ` : spaces;
	return `${opening}${markOf[state]}]${before}${withId(line, id).slice(titleStart)}`;
}

function withId({rest, textEnd, id: old}: ItemLine, id: string | undefined): string {
	if (id === undefined) return rest;
	if (old) return `${rest.slice(0, old.start)}^${id}${rest.slice(old.end)}`;
	return `${rest.slice(0, textEnd)} ^${id}${rest.slice(textEnd)}`;
}
