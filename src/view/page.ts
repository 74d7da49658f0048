import {fitting} from '../domain/cells.js';
import type {Tone} from './fact-line.js';
import {plainTyped} from './plain-text.js';

/** A text to be read, and how it is written. */
export interface Page {
	readonly title: string;
	/** `code`: exact, broken anywhere. */
	readonly kind: 'markdown' | 'diff' | 'plain' | 'code' | 'commands';
	readonly text: string;
}

/** One row of a page that is shown: plain text, no wider than was asked for. */
export interface PageLine {
	/** Counted from the page's first. */
	readonly row: number;
	readonly text: string;
	readonly tone: Tone;
	readonly bold: boolean;
	/** A heading, or the first line of a file: what one jumps to. */
	readonly isHead: boolean;
}

type Styled = Omit<PageLine, 'row' | 'text'> & {readonly text: string; readonly breaksWords?: boolean};

const plain = (text: string): Styled => ({text, tone: 'plain', bold: false, isHead: false});
const dim = (text: string): Styled => ({...plain(text), tone: 'dim', breaksWords: true});
const head = (text: string): Styled => ({...plain(text), bold: true, isHead: true});

/** What marks words in markdown and is not needed to read them. */
const unmarked = (text: string) =>
	text
		.replaceAll(/\*\*([^*]+)\*\*/g, '$1')
		.replaceAll(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, '$1')
		.replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_link, words: string, to: string) =>
			to.endsWith(words) ? words : `${words} (${to})`,
		);

/** Is for programs. */
const comment = /^\s*<!--.*-->\s*$/;

function* markdownLines(lines: readonly string[]): Generator<Styled> {
	let isCode = false;
	let wasBlank = true;
	for (const line of lines) {
		const isBlank = line === '' && !isCode;
		// What was left out leaves no gap.
		if (isBlank && wasBlank) continue;
		if (!comment.test(line)) wasBlank = isBlank;
		const heading = /^#{1,6} +(.*)$/.exec(line);
		if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
		else if (isCode) yield dim(line);
		else if (heading) yield head(unmarked(heading[1] ?? ''));
		else if (!comment.test(line)) yield plain(unmarked(line));
	}
}

function diffLine(line: string): Styled {
	if (line.startsWith('diff ')) return {...head(line.replace(/^diff --git a\/(.+) b\/\1$/, '$1')), breaksWords: true};
	if (/^(?:index|---|\+\+\+|new file|deleted file|similarity|rename|old mode|new mode) ?/.test(line)) return dim(line);
	if (line.startsWith('@@')) return dim(line);
	const tone = line.startsWith('+') ? 'good' : line.startsWith('-') ? 'bad' : 'plain';
	return {...plain(line), tone, breaksWords: true};
}

function commandLine(line: string): Styled {
	if (line.startsWith('# ')) return head(line.slice(2));
	return {...plain(line), tone: line.startsWith('✗') ? 'bad' : 'plain'};
}

function styled({kind, text}: Page): Iterable<Styled> {
	const lines = text
		.trimEnd()
		.split(/\r?\n/)
		.map(line => line.split('\t').map(plainTyped).join('    ').trimEnd());
	if (kind === 'markdown') return markdownLines(lines);
	if (kind === 'code') return lines.map(line => ({...plain(line), breaksWords: true}));
	if (kind === 'commands') return lines.map(commandLine);
	return lines.map(kind === 'diff' ? diffLine : plain);
}

/** Rows of a line; those that go on stand under its text, behind the mark of a list. */
function* folded({text, breaksWords}: Styled, width: number): Generator<string> {
	const mark = /^\s*(?:(?:[-*•+]|\d+[.)]) +)?/.exec(text)?.[0] ?? '';
	const indent = ' '.repeat(breaksWords ? 0 : Math.min(mark.length, width >> 1));
	let rest = text;
	for (let room = width; ; room = width - indent.length) {
		const most = fitting(rest, room);
		const prefix = room === width && rest === text ? '' : indent;
		if (most >= rest.length) return void (yield prefix + rest);
		const space = breaksWords ? -1 : rest.slice(0, most + 1).lastIndexOf(' ');
		const end = space > mark.length ? space : most;
		yield prefix + rest.slice(0, end).trimEnd();
		rest = breaksWords ? rest.slice(end) : rest.slice(end).trimStart();
	}
}

/** A page as rows of a window of so many cells. */
export function pageLines(page: Page, width: number): PageLine[] {
	const lines: PageLine[] = [];
	for (const line of styled(page)) {
		let {isHead} = line;
		for (const text of folded(line, Math.max(2, width))) {
			lines.push({row: lines.length, text, tone: line.tone, bold: line.bold, isHead});
			isHead = false;
		}
	}
	return lines;
}
