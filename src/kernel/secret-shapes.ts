/**
 * How a kind of token is written: what it begins with, and what follows. Prefixes as their vendors publish them for secret scanning
 * (GitHub's "supported secret scanning patterns", gitleaks 8 rules).
 */
interface TokenKind {
	readonly starts: readonly string[];
	/** Class of the characters behind it, and how many there are at least. */
	readonly rest: string;
	readonly least: number;
	/** Where fewer would be too common: exactly so many. */
	readonly exactly?: boolean;
}

const each = (before: string, letters: string, after: string) =>
	[...letters].map(letter => `${before}${letter}${after}`);

const alnum = 'A-Za-z0-9';
const word = 'A-Za-z0-9_\\-';
const hex = 'a-f0-9';

const tokens: readonly TokenKind[] = [
	{starts: ['sk-ant-'], rest: word, least: 16},
	{starts: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-or-v1-'], rest: word, least: 20},
	{starts: ['sk-'], rest: alnum, least: 32},
	{starts: each('gh', 'pousr', '_'), rest: alnum, least: 30},
	{starts: ['github_pat_'], rest: 'A-Za-z0-9_', least: 40},
	{starts: ['glpat-', 'gldt-', 'glrt-'], rest: word, least: 20},
	{starts: [...each('xox', 'abeprs', '-'), 'xapp-'], rest: `${alnum}\\-`, least: 10},
	{starts: ['hooks.slack.com/services/', 'discord.com/api/webhooks/'], rest: `${word}/`, least: 20},
	{starts: ['lin_api_', 'lin_oauth_'], rest: alnum, least: 20},
	{starts: ['AKIA', 'ASIA'], rest: 'A-Z0-9', least: 16, exactly: true},
	{starts: ['aws_secret_access_key=', 'AWS_SECRET_ACCESS_KEY='], rest: `${alnum}/+`, least: 40},
	{starts: ['AIza'], rest: word, least: 35, exactly: true},
	{starts: ['ya29.', 'GOCSPX-'], rest: word, least: 20},
	{starts: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'], rest: alnum, least: 16},
	{starts: ['npm_'], rest: alnum, least: 36, exactly: true},
	{starts: ['pypi-AgE'], rest: word, least: 50},
	{starts: ['hf_', 'gsk_', 'r8_'], rest: alnum, least: 30},
	{starts: ['SG.'], rest: `${word}.`, least: 60},
	{starts: ['dop_v1_', 'doo_v1_'], rest: hex, least: 64},
	{starts: ['shpat_', 'shpss_', 'shpca_'], rest: 'a-fA-F0-9', least: 32},
	{starts: ['hvs.', 'hvb.'], rest: word, least: 24},
	{starts: ['dapi', 'key-'], rest: hex, least: 32, exactly: true},
	{starts: ['dckr_pat_'], rest: word, least: 27},
	{starts: ['sntrys_', 'sntryu_', 'glsa_', 'figd_', 'ntn_'], rest: `${word}+/=`, least: 32},
	{starts: ['AGE-SECRET-KEY-1'], rest: 'A-Z0-9', least: 58},
	{starts: ['sbp_', 'pscale_tkn_', 'xai-', 'pplx-', 'PMAK-', 'NRAK-'], rest: word, least: 27},
	{starts: ['Bearer ', 'bearer '], rest: `${word}.~+/=`, least: 20},
];

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
const startsOf = ({starts}: TokenKind) => `(?:${starts.map(literal).join('|')})`;
const amountOf = ({least, exactly}: TokenKind) => (exactly ? `{${least}}(?![${alnum}_])` : `{${least},}`);

/** Three parts of base64url, the first two JSON. */
const webToken = {whole: 'eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}', begun: 'eyJ[\\w.-]*'};
/** A Telegram bot's. */
const botToken = {
	whole: '\\d{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])',
	begun: '(?:\\d{8,10}:[A-Za-z0-9_-]{0,35}|\\d{1,10})',
};
/** The password in a link: `https://name:password@host`. */
const password = {whole: '(?<=:\\/\\/[^\\s\\/:@]{0,64}:)(?![{$<])[^\\s\\/:@]{3,200}(?=@)', begun: ':\\/\\/[^\\s\\/@]*'};

/** How long a private key may be between its first and its last line. */
const mostKey = 16_384;
const keyEnd = '-----END [A-Z ]*PRIVATE KEY-----';

/** Shapes of well-known secrets. A net, not the boundary: children never get pilot's own secrets in the first place. */
export const shapes: readonly RegExp[] = [
	new RegExp(`\\b(?:${tokens.map(kind => `${startsOf(kind)}[${kind.rest}]${amountOf(kind)}`).join('|')})`, 'g'),
	new RegExp(`\\b(?:${webToken.whole}|${botToken.whole})`, 'g'),
	new RegExp(password.whole, 'g'),
	new RegExp(`-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]{0,${mostKey}}?${keyEnd}`, 'g'),
];

const starts = tokens.flatMap(kind => kind.starts);

/** What shapes begin with; a text may end in the middle of it. */
export const firsts: readonly string[] = [...starts, 'eyJ', '://', '-----BEGIN '];

/** Every shape has one of these in it: a text without any holds none of them. */
export const hint = new RegExp(
	`${tokens.map(kind => `${startsOf(kind)}[${kind.rest}]{${Math.min(8, kind.least)}}`).join('|')}|eyJ|\\d{8,10}:|:\\/\\/[^\\s\\/@]*@|-----BEGIN `,
);

const begun = new RegExp(
	`(?:${tokens.map(kind => `${startsOf(kind)}[${kind.rest}]*`).join('|')}|${webToken.begun}|${botToken.begun}|${password.begun})$`,
);
const keyHead = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const keyHeadBegun = /-----BEGIN [A-Z ]{0,64}-{0,5}$/;

const isBlank = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Where the last two words begin: every shape but the key's is within them. */
function lastWords(text: string): number {
	let at = text.length;
	for (let words = 0; words < 2; words++) {
		while (at > 0 && !isBlank(text.charCodeAt(at - 1))) at--;
		if (words === 0 && at > 0) at--;
	}
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
	const from = lastWords(text);
	const found = begun.exec(text.slice(from));
	return Math.min(found ? from + found.index : text.length, keyBegun(text) ?? text.length);
}
