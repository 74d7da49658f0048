/** What comes from the human's terminal, told apart. */
export type OuterToken =
	| {readonly kind: 'keys'; readonly text: string}
	| {readonly kind: 'paste'; readonly text: string}
	/** Cells are counted from 0, from the top left of the window. `code` as in the SGR form: button, modifiers, motion. */
	| {readonly kind: 'mouse'; readonly code: number; readonly x: number; readonly y: number; readonly isUp: boolean}
	| {readonly kind: 'focus'; readonly isIn: boolean}
	/** The terminal's answer to a question of ours. */
	| {readonly kind: 'reply'; readonly text: string};

const pasteBegin = '\u001b[200~';
const pasteEnd = '\u001b[201~';

const mouse = /^\u001b\[<(\d+);(\d+);(\d+)([Mm])/;
const focus = /^\u001b\[([IO])/;
const reply =
	/^\u001b(?:\[\?[\d;:]*(?:[cuRn]|\$y)|\[>[\d;]*c|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|P[^\u001b]*\u001b\\)/;
/** A sequence that a key sends: CSI or SS3 with its end, or a character with Alt. */
const key = /^\u001b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|\u001b?\[[0-?]*[ -/]*[@-~]|[^\u001b[O\]P]|)/;
/** The start of one of those that may go on in the next piece. */
const unfinished = /^\u001b(?:\[[0-?]*[ -/]*|\][^\u0007\u001b]*\u001b?|P[^\u001b]*\u001b?|O)?$/;

export interface InputReader {
	/** Takes what has come; a sequence that is cut waits for its rest. */
	push(text: string): OuterToken[];
	/** What waits for its rest: a lone Escape is told from the start of a sequence by waiting, and a paste may never end. */
	readonly waitingFor: 'nothing' | 'sequence' | 'paste';
	/** Nothing more has come: what waits is taken as it is. */
	flush(): OuterToken[];
}

function sequenceAt(rest: string): {token: OuterToken; length: number} {
	const moused = mouse.exec(rest);
	if (moused) {
		const [whole, code, x, y, end] = moused;
		const place = {x: Number(x) - 1, y: Number(y) - 1};
		return {token: {kind: 'mouse', code: Number(code), ...place, isUp: end === 'm'}, length: whole.length};
	}
	const focused = focus.exec(rest);
	if (focused) return {token: {kind: 'focus', isIn: focused[1] === 'I'}, length: focused[0].length};
	const replied = reply.exec(rest);
	if (replied) return {token: {kind: 'reply', text: replied[0]}, length: replied[0].length};
	const [text] = key.exec(rest) ?? ['\u001b'];
	return {token: {kind: 'keys', text: text || '\u001b'}, length: Math.max(1, text.length)};
}

/** Puts keys that came in one piece together again, as they may belong together. */
function add(tokens: OuterToken[], token: OuterToken) {
	const last = tokens.at(-1);
	if (token.kind === 'keys' && last?.kind === 'keys')
		tokens[tokens.length - 1] = {kind: 'keys', text: last.text + token.text};
	else tokens.push(token);
}

/** A paste that has begun. */
interface Paste {
	/** Gives what comes after its end; undefined when that has not come yet. */
	push(text: string): string | undefined;
	/** All that has come of it. */
	text(): string;
}

function beginPaste(): Paste {
	const pieces: string[] = [];
	// Its end may be cut; only what can hold the start of that is looked at again.
	let tail = '';
	return {
		push(text) {
			const looked = tail + text;
			const at = looked.indexOf(pasteEnd);
			pieces.push(text);
			tail = looked.slice(1 - pasteEnd.length);
			if (at === -1) return;
			const whole = pieces.join('');
			const end = whole.length - looked.length + at;
			pieces.splice(0, pieces.length, whole.slice(0, end));
			return whole.slice(end + pasteEnd.length);
		},
		text: () => pieces.join(''),
	};
}

/** Reads a terminal's input: keys, pastes, the mouse, and answers that are no keys at all. */
export function createInputReader(): InputReader {
	let waiting = '';
	let paste: Paste | undefined;
	/** Reads what stands first, and gives the rest. */
	const step = (tokens: OuterToken[], text: string, isLast: boolean): string => {
		if (paste) {
			const after = paste.push(text);
			if (after === undefined) return '';
			tokens.push({kind: 'paste', text: paste.text()});
			paste = undefined;
			return after;
		}
		const begin = text.indexOf('\u001b');
		if (begin !== 0) {
			const end = begin === -1 ? text.length : begin;
			add(tokens, {kind: 'keys', text: text.slice(0, end)});
			return text.slice(end);
		}
		if (text.startsWith(pasteBegin)) {
			paste = beginPaste();
			return text.slice(pasteBegin.length);
		}
		// Of a paste that was given out already.
		if (text.startsWith(pasteEnd)) return text.slice(pasteEnd.length);
		if (!isLast && unfinished.test(text)) {
			waiting = text;
			return '';
		}
		const {token, length} = sequenceAt(text);
		add(tokens, token);
		return text.slice(length);
	};
	const read = (input: string, isLast: boolean): OuterToken[] => {
		const tokens: OuterToken[] = [];
		let rest = input;
		while (rest !== '') rest = step(tokens, rest, isLast);
		return tokens;
	};
	const take = () => {
		const taken = waiting;
		waiting = '';
		return taken;
	};
	return {
		push: text => read(take() + text, false),
		get waitingFor() {
			if (paste) return 'paste';
			return waiting === '' ? 'nothing' : 'sequence';
		},
		flush() {
			const cut = paste?.text();
			paste = undefined;
			if (cut !== undefined) return cut === '' ? [] : [{kind: 'paste', text: cut}];
			return read(take(), true);
		},
	};
}
