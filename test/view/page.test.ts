import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Page, pageLines, wrapped} from '../../src/view/page.js';

const page = (kind: Page['kind'], ...lines: string[]): Page => ({title: 'T', kind, text: lines.join('\n')});
const textsOf = (of: Page, width = 80) => pageLines(of, width).map(({text}) => text);

describe('markdown', () => {
	test('headings are bold and can be jumped to; marks that only programs need are left out', () => {
		const lines = pageLines(
			page(
				'markdown',
				'# What *was* done',
				'',
				'<!-- m-1/1 -->',
				'It is **done**, see [the file](a/b.md).',
				'a * b * c',
			),
			80,
		);
		expect(lines).toEqual([
			{row: 0, text: 'What was done', tone: 'plain', bold: true, isHead: true},
			{row: 1, text: '', tone: 'plain', bold: false, isHead: false},
			{
				...{row: 2, text: 'It is done, see the file (a/b.md).', tone: 'plain', bold: false, isHead: false},
				spans: [{text: 'It is '}, {text: 'done', style: 'bold'}, {text: ', see the file (a/b.md).'}],
			},
			{row: 3, text: 'a * b * c', tone: 'plain', bold: false, isHead: false},
		]);
	});

	test('code stands as it is, without its fences', () => {
		const lines = pageLines(page('markdown', '```sh', '# no heading', '  **x**', '```', '# a heading'), 80);
		expect(lines.map(({text, tone, isHead}) => [text, tone, isHead])).toEqual([
			['│ # no heading', 'dim', false],
			['│   **x**', 'dim', false],
			['a heading', 'plain', true],
		]);
	});

	test('emphasis and code are told apart, also where a line goes on; quotes, rules and tables have their shape', () => {
		const [first, second] = pageLines(page('markdown', '- a **bold word** and `code` _here_'), 12);
		expect([first?.text, second?.text]).toEqual(['• a bold', '  word and']);
		expect(first?.spans).toEqual([{text: '• a '}, {text: 'bold', style: 'bold'}]);
		expect(second?.spans).toEqual([{text: '  '}, {text: 'word', style: 'bold'}, {text: ' and'}]);
		const spans = pageLines(page('markdown', 'run `npm *test*` _now_, snake_case_name'), 80)[0]?.spans;
		expect(spans).toEqual([
			{text: 'run '},
			{text: '`npm *test*`', style: 'code'},
			{text: ' '},
			{text: 'now', style: 'italic'},
			{text: ', snake_case_name'},
		]);
		expect(textsOf(page('markdown', '> said', '', '---', '| a | **b** |'))).toEqual([
			'▏ said',
			'',
			'────────',
			'| a | **b** |',
		]);
	});

	test('a fence is closed by its own kind', () => {
		expect(textsOf(page('markdown', '```', '~~~', '```', '**out**'))).toEqual(['│ ~~~', 'out']);
	});

	test('long lines break between words, and go on under their text', () => {
		expect(textsOf(page('markdown', '- one two three four', '12. five six seven'), 12)).toEqual([
			'• one two',
			'  three four',
			'12. five six',
			'    seven',
		]);
		expect(textsOf(page('markdown', 'abcdefghijkl'), 5)).toEqual(['abcde', 'fghij', 'kl']);
	});
});

test('a diff: files are jumped to, what comes and goes has its colour beside its sign, nothing of a line is lost', () => {
	const lines = pageLines(
		page(
			'diff',
			'diff --git a/x.md b/x.md',
			'index 1..2',
			'--- a/x.md',
			'+++ b/x.md',
			'@@ -1 +1 @@',
			'-old',
			'+new **bold**  end',
			' same',
		),
		12,
	);
	expect(lines.map(({text, tone, isHead}) => [text, tone, isHead])).toEqual([
		['x.md  +1 -1', 'plain', true],
		['index 1..2', 'dim', false],
		['--- a/x.md', 'dim', false],
		['+++ b/x.md', 'dim', false],
		['@@ -1 +1 @@', 'live', false],
		['-old', 'bad', false],
		['+new **bold*', 'good', false],
		['*  end', 'good', false],
		[' same', 'plain', false],
	]);
});

test('several files are listed first with what came and went; what looks like a header inside a change is a change', () => {
	const lines = pageLines(
		page(
			'diff',
			'diff --git a/notes.sql b/notes.sql',
			'--- a/notes.sql',
			'+++ b/notes.sql',
			'@@ -1 +1 @@',
			'--- a comment',
			'+++ more',
			'+index 3',
			'diff --git a/old.md b/new.md',
			'rename from old.md',
		),
		60,
	);
	expect(lines.map(({text, tone, isHead}) => [text, tone, isHead])).toEqual([
		['+2 -1  notes.sql', 'dim', false],
		['+0 -0  old.md → new.md', 'dim', false],
		['', 'dim', false],
		['notes.sql  +2 -1', 'plain', true],
		['--- a/notes.sql', 'dim', false],
		['+++ b/notes.sql', 'dim', false],
		['@@ -1 +1 @@', 'live', false],
		['--- a comment', 'bad', false],
		['+++ more', 'good', false],
		['+index 3', 'good', false],
		['old.md → new.md  +0 -0', 'plain', true],
		['rename from old.md', 'dim', false],
	]);
});

test('what an agent wrote can neither move the cursor nor hide', () => {
	const [line] = pageLines(page('diff', '+a\u001b[2Jb\u202ec\u0007d\te'), 80);
	expect(line?.text).toBe('+ab c d    e'.replace('b c', 'bc'));
});

test('wide characters take two cells, and no row is wider than the window', () => {
	expect(textsOf(page('plain', '日本語テキスト'), 7)).toEqual(['日本語', 'テキス', 'ト']);
	const piece = fc.constantFrom('a', ' ', 'word', '日', '-', '- ', '\n', '#', '`', '*', '😀', '\t', 'é');
	fc.assert(
		fc.property(
			fc.array(piece, {maxLength: 200}),
			fc.integer({min: 2, max: 40}),
			fc.constantFrom<Page['kind']>('plain', 'markdown', 'diff', 'commands'),
			(pieces, width, kind) => {
				for (const {text, spans} of pageLines({title: 'T', kind, text: pieces.join('')}, width)) {
					if (spans) expect(spans.map(span => span.text).join('')).toBe(text);
					const cells = [...text].reduce((sum, one) => sum + (/[日😀]/u.test(one) ? 2 : 1), 0);
					expect(cells).toBeLessThanOrEqual(Math.max(2, width));
				}
			},
		),
	);
});

test('a diff of a megabyte is laid out at once', () => {
	const text = Array.from({length: 20_000}, (_, n) => `+const line${n} = "something of about fifty characters";`).join(
		'\n',
	);
	const startedMs = performance.now();
	expect(pageLines({title: 'T', kind: 'diff', text}, 100)).toHaveLength(20_000);
	expect(performance.now() - startedMs).toBeLessThan(1000);
});

test('a command that takes more than a row goes on under itself, beside the sign and the time', () => {
	expect(textsOf(page('commands', '✓  102ms git status --branch --porcelain'), 24)).toEqual([
		'✓  102ms git status',
		'         --branch',
		'         --porcelain',
	]);
});

test('what is said line by line breaks between words, keeps its gaps, and stands in as it began', () => {
	expect(wrapped('\nA word and\n  another one that is long\n\n', 12)).toBe(
		'\nA word and\n  another\n  one that\n  is long\n\n',
	);
});
