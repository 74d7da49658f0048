/** How long a private key may be between its first and its last line. */
const mostKey = 16_384;

const keyEnd = '-----END [A-Z ]*PRIVATE KEY-----';

/** Shapes of well-known secrets. A net, not the boundary: children never get pilot's own secrets in the first place. */
export const shapes: readonly RegExp[] = [
	/sk-ant-[A-Za-z0-9_-]{16,}/g,
	/\bgh[pousr]_[A-Za-z0-9]{30,}/g,
	/\bgithub_pat_[A-Za-z0-9_]{40,}/g,
	/\bxox[abprs]-[A-Za-z0-9-]{10,}/g,
	/\blin_api_[A-Za-z0-9]{20,}/g,
	/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
	/\b\d{8,10}:[A-Za-z0-9_-]{35}\b/g,
	new RegExp(`-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]{0,${mostKey}}?${keyEnd}`, 'g'),
];

/** What shapes begin with; a text may end in the middle of it. */
export const firsts: readonly string[] = [
	'sk-ant-',
	...['p', 'o', 'u', 's', 'r'].map(letter => `gh${letter}_`),
	'github_pat_',
	...['a', 'b', 'p', 'r', 's'].map(letter => `xox${letter}-`),
	'lin_api_',
	'AKIA',
	'ASIA',
	'-----BEGIN ',
];

/** Every shape has one of these in it: a text without any holds none of them. */
export const hint = /sk-ant-|gh[pousr]_|github_pat_|xox[abprs]-|lin_api_|AKIA|ASIA|\d{8,10}:|-----BEGIN /;

const first = /sk-ant-|gh[pousr]_|github_pat_|xox[abprs]-|lin_api_|AKIA|ASIA/;
const telegramBegun = /(?:\d{8,10}:[A-Za-z0-9_-]{0,35}|\d{1,10})$/;
const keyHead = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const keyHeadBegun = /-----BEGIN [A-Z ]{0,64}-{0,5}$/;

const ofWord = /[A-Za-z0-9_:-]/;

/** Where the last word begins: every shape but the key's is within one. */
function lastWord(text: string): number {
	let at = text.length;
	while (at > 0 && ofWord.test(text.charAt(at - 1))) at--;
	return at;
}

/** Where a private key begins that has not ended yet. */
function keyBegun(text: string): number | undefined {
	const from = Math.max(0, text.length - mostKey - 200);
	const tail = text.slice(from);
	if (!tail.includes('-----BEGIN ')) return;
	const ended = [...tail.matchAll(new RegExp(keyEnd, 'g'))].at(-1);
	const after = ended ? ended.index + ended[0].length : 0;
	const rest = tail.slice(after);
	const head = keyHead.exec(rest) ?? keyHeadBegun.exec(rest);
	return head ? from + after + head.index : undefined;
}

/** From where on the text may be of one of these shapes with more of it to come; its length when there is no such place. */
export function shapeBegun(text: string): number {
	const wordAt = lastWord(text);
	const word = text.slice(wordAt);
	const places = [first.exec(word), telegramBegun.exec(word)].map(match => (match ? wordAt + match.index : undefined));
	return Math.min(...[...places, keyBegun(text)].map(place => place ?? text.length));
}
