/** How a part of a line is written. */
export interface Mark {
	/** Units of the text, the end not with it. */
	readonly from: number;
	readonly to: number;
	readonly style: 'bold' | 'italic' | 'code';
}

interface Marked {
	readonly text: string;
	readonly marks: readonly Mark[];
}

const inline =
	/`[^`]+`|\*\*([^*]+)\*\*|__([^_]+)__|(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])|(?<!\w)_([^_\s][^_]*)_(?!\w)|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Takes out what marks words and is not needed to read them, and says what was marked. Code keeps its ticks: they are its shape. */
export function markedText(line: string): Marked {
	const marks: Mark[] = [];
	let text = '';
	let read = 0;
	for (const match of line.matchAll(inline)) {
		text += line.slice(read, match.index);
		read = match.index + match[0].length;
		const [whole, strong = match[2], , em = match[4], , words, to = ''] = match;
		const from = text.length;
		if (words !== undefined) text += to.endsWith(words) ? words : `${words} (${to})`;
		else if (strong === undefined && em === undefined) text += whole;
		else text += strong ?? em ?? '';
		const style = strong === undefined ? (em === undefined ? 'code' : 'italic') : 'bold';
		if (words === undefined) marks.push({from, to: text.length, style});
	}
	return {text: text + line.slice(read), marks};
}

export interface MarkdownLine extends Marked {
	readonly kind: 'text' | 'head' | 'code' | 'table';
}

/** Is for programs. */
const comment = /^\s*<!--.*-->\s*$/;
const bullet = /^(\s*)[-*+] (?=\S)/;
const rule = /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;

const exact = (kind: MarkdownLine['kind'], text: string): MarkdownLine => ({kind, text, marks: []});

function textLine(line: string): MarkdownLine {
	if (rule.test(line)) return exact('text', '────────');
	const shaped = line.replace(bullet, '$1• ').replace(/^(\s*)> ?/, '$1▏ ');
	return {kind: 'text', ...markedText(shaped)};
}

/** Lines of markdown as they are read: headings, lists, quotes, code; tables stand as they are. */
export function* markdownLines(lines: readonly string[]): Generator<MarkdownLine> {
	let fence = '';
	let wasBlank = true;
	for (const line of lines) {
		const isBlank = line === '' && fence === '';
		// What was left out leaves no gap.
		if (isBlank && wasBlank) continue;
		if (!comment.test(line)) wasBlank = isBlank;
		const fenced = /^\s*(```|~~~)/.exec(line)?.[1];
		const heading = /^#{1,6} +(.*)$/.exec(line);
		if (fenced && (fence === '' || fence === fenced)) fence = fence === '' ? fenced : '';
		else if (fence !== '') yield exact('code', line);
		else if (heading) yield {kind: 'head', text: markedText(heading[1] ?? '').text, marks: []};
		else if (/^\s*\|.*\|\s*$/.test(line)) yield exact('table', line);
		else if (!comment.test(line)) yield textLine(line);
	}
}
