import {fitting} from '../domain/cells.js';
import {type DiffLine, diffLines} from './diff.js';
import type {Tone} from './fact-line.js';
import {type Mark, type MarkdownLine, markdownLines} from './markdown.js';
import {plainTyped} from './plain-text.js';

/** A text to be read, and how it is written. */
export interface Page {
	readonly title: string;
	/** `code`: exact, broken anywhere. */
	readonly kind: 'markdown' | 'diff' | 'plain' | 'code' | 'commands';
	readonly text: string;
}

/** A part of a row. */
export interface Span {
	readonly text: string;
	readonly style?: Mark['style'];
}

/** One row of a page that is shown: plain text, no wider than was asked for. */
export interface PageLine {
	/** Counted from the page's first. */
	readonly row: number;
	readonly text: string;
	readonly tone: Tone | 'live';
	readonly bold: boolean;
	/** A heading, or the first line of a file: what one jumps to. */
	readonly isHead: boolean;
	/** The same text in parts, where some of it is written otherwise. */
	readonly spans?: readonly Span[];
}

type Styled = Omit<PageLine, 'row' | 'text' | 'spans'> & {
	readonly text: string;
	readonly marks?: readonly Mark[];
	readonly breaksWords?: boolean;
	/** Stands before every row of it. */
	readonly edge?: string;
	/** Cells by which the rows that go on stand in. @default as its text does */
	readonly hang?: number;
};

const plain = (text: string): Styled => ({text, tone: 'plain', bold: false, isHead: false});
const dim = (text: string): Styled => ({...plain(text), tone: 'dim', breaksWords: true});
const head = (text: string): Styled => ({...plain(text), bold: true, isHead: true});

const markdownLooks: Readonly<Record<MarkdownLine['kind'], (text: string) => Styled>> = {
	text: plain,
	head,
	code: text => ({...dim(text), edge: '│ '}),
	table: text => ({...plain(text), breaksWords: true}),
};

const markdownLine = ({kind, text, marks}: MarkdownLine): Styled => ({...markdownLooks[kind](text), marks});

const diffTones: Readonly<Record<DiffLine['kind'], PageLine['tone']>> = {
	...{file: 'plain', about: 'dim', place: 'live', added: 'good', removed: 'bad', same: 'plain'},
};

const diffLine = ({kind, text}: DiffLine): Styled => ({
	...(kind === 'file' ? head(text) : {...plain(text), tone: diffTones[kind]}),
	breaksWords: true,
});

/** Cells of a row of the command log that stand before the command: its sign, how long it took. */
export const commandSigns = 9;

function commandLine(line: string): Styled {
	if (line.startsWith('# ')) return head(line.slice(2));
	return {...plain(line), tone: line.startsWith('✗') ? 'bad' : 'plain', hang: commandSigns};
}

function styled({kind, text}: Page): Iterable<Styled> {
	const lines = text
		.trimEnd()
		.split(/\r?\n/)
		.map(line => line.split('\t').map(plainTyped).join('    ').trimEnd());
	if (kind === 'markdown') return [...markdownLines(lines)].map(markdownLine);
	if (kind === 'diff') return diffLines(lines).map(diffLine);
	if (kind === 'code') return lines.map(line => ({...plain(line), breaksWords: true}));
	if (kind === 'commands') return lines.map(commandLine);
	return lines.map(plain);
}

interface Row {
	readonly prefix: string;
	/** Units of the line's text. */
	readonly from: number;
	readonly to: number;
}

/** An edge is worth its two cells only where there is room. */
const narrow = 20;

/** Rows of a line; those that go on stand under its text, behind the mark of a list. */
function* folded({text, breaksWords, edge = '', hang}: Styled, width: number): Generator<Row> {
	const mark = /^\s*(?:(?:[-*•+▏]|\d+[.)]) +)?/.exec(text)?.[0] ?? '';
	const first = width < narrow ? '' : edge;
	const indent =
		first +
		' '.repeat(breaksWords ? 0 : Math.min(hang ?? mark.length, width >> 1, Math.max(0, width - first.length - 2)));
	let from = 0;
	for (let prefix = first; ; prefix = indent) {
		const rest = text.slice(from);
		const most = fitting(rest, width - prefix.length);
		if (most >= rest.length) return void (yield {prefix, from, to: text.length});
		const space = breaksWords ? -1 : rest.slice(0, most + 1).lastIndexOf(' ');
		const end = space > (from === 0 ? mark.length : 0) ? space : most;
		yield {prefix, from, to: from + rest.slice(0, end).trimEnd().length};
		from += end;
		if (!breaksWords) from += rest.slice(end).length - rest.slice(end).trimStart().length;
	}
}

/** The parts of a row by how they are written; undefined where nothing is marked. */
function spansOf({text, marks = []}: Styled, {prefix, from, to}: Row): readonly Span[] | undefined {
	const here = marks.filter(mark => mark.to > from && mark.from < to);
	if (here.length === 0) return;
	const spans: Span[] = prefix === '' ? [] : [{text: prefix}];
	let at = from;
	for (const mark of here) {
		const [start, end] = [Math.max(mark.from, from), Math.min(mark.to, to)];
		if (start > at) spans.push({text: text.slice(at, start)});
		spans.push({text: text.slice(start, end), style: mark.style});
		at = end;
	}
	return at < to ? [...spans, {text: text.slice(at, to)}] : spans;
}

/** A page as rows of a window of so many cells. */
export function pageLines(page: Page, width: number): PageLine[] {
	const lines: PageLine[] = [];
	for (const line of styled(page)) {
		let {isHead} = line;
		for (const row of folded(line, Math.max(2, width))) {
			const spans = spansOf(line, row);
			const text = row.prefix + line.text.slice(row.from, row.to);
			const {tone, bold} = line;
			lines.push({row: lines.length, text, tone, bold, isHead, ...(spans ? {spans} : {})});
			isHead = false;
		}
	}
	return lines;
}

/** A plain text of as many lines as it takes, none of them broken within a word that fits into one. */
export const wrapped = (text: string, width: number): string =>
	pageLines({title: '', kind: 'plain', text}, width)
		.map(line => line.text)
		.join('\n') + (/\n*$/.exec(text)?.[0] ?? '');
