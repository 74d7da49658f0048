/** So much of the prompt's end tells where its echo ends. */
const endLength = 40;

/** A line of so many letters that stands in the prompt is the prompt's. */
const partLength = 20;
const moreLength = 5;

/** What terminal drivers show of the marks of a paste and of the end of the input. */
const shownMarks = /\^\[\[20[01]~|\^D/g;

/** The full stop, and the frame, behind a prompt. */
const restOfLine = /^[^\p{L}\p{N}\n]*(?:\n|$)/u;

const signs = /[\p{L}\p{N}]/gu;

/** Letters and digits: programs show a prompt wrapped, framed and indented. */
const signsOf = (text: string) => text.match(signs)?.join('') ?? '';

/** False for frames and the like. */
export const hasWords = (text: string) => signsOf(text) !== '';

const lineAround = (text: string, from: number, to: number) => {
	const end = text.indexOf('\n', to);
	return text.slice(text.lastIndexOf('\n', Math.max(0, from - 1)) + 1, end === -1 ? text.length : end);
};

/** Where the last `wanted`, in letters and digits, ends in a text; -1 = it is not there. */
function endOfLast(text: string, wanted: string): number {
	const found = [...text.matchAll(signs)];
	const at = found
		.map(([sign]) => sign)
		.join('')
		.lastIndexOf(wanted);
	if (wanted === '' || at === -1) return -1;
	let length = 0;
	for (const match of found) {
		length += match[0].length;
		if (length === at + wanted.length) return match.index + match[0].length;
	}
	return -1;
}

/** Tells what a program says from what it only shows again of its prompt. */
export function createEcho(prompt: string) {
	const told = signsOf(prompt);
	const isTold = (text: string) => told.includes(signsOf(text));
	/** A line that stands in the prompt, and is clearly more than the very words that are looked for. */
	const isShownAgain = (line: string, words: string) =>
		signsOf(line).length - signsOf(words).length >= moreLength && isTold(line);
	return {
		/** The answer in what came up to when the prompt, and whatever showed it, had settled. */
		answerIn(first: string): string {
			const shown = first.replaceAll(shownMarks, '');
			const end = endOfLast(shown, told.slice(-endLength));
			if (end !== -1) return shown.slice(end).replace(restOfLine, '');
			const lines = shown.split('\n');
			// A box too small for the whole prompt shows a part; one that shows nothing of it may answer in the prompt's own words.
			const showsPart = lines.some(line => signsOf(line).length >= partLength && isTold(line));
			return showsPart ? lines.filter(line => !isTold(line)).join('\n') : shown;
		},
		/** True when the words stand in the text in another way than the prompt has them. */
		says(text: string, pattern: RegExp): boolean {
			for (const {0: words, index} of text.matchAll(pattern))
				if (!isShownAgain(lineAround(text, index, index + words.length), words)) return true;
			return false;
		},
	};
}
