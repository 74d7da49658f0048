import fc from 'fast-check';
import {parseQueue} from '../../src/queue/index.js';

/** What people and programs leave in a missions.md, line by line. Some lines are bytes that are no UTF-8. */
const wild = fc.constantFrom(
	'',
	' ',
	'\t',
	'# Missions',
	'## Pending',
	'## In Progress',
	'## in progress',
	'## Blocked',
	'## Failed',
	'## Done',
	'## done ##',
	'## Notes',
	'### Later',
	'Prose.',
	'  indented',
	'    code',
	'\tafter a tab',
	'```',
	'```js',
	'~~~~',
	'  ```',
	'  ~~~',
	'<!--',
	'-->',
	'<!-- one line -->',
	'  <!-- inside',
	'  -->',
	'- note',
	'* [ ] star',
	'+ [ ] plus',
	'- [link](url)',
	'- [z] odd mark',
	'- []',
	'- [ ]',
	'- [x]tight',
	'---',
	'- [ ] voilà \u{1f600} naïve',
	'- [ ] Same',
	'- [ ] Same',
	' - [ ] one space',
	'  - [ ] nested',
	'\t- [ ] tabbed',
	'- [x] 2026-01-30 - old thing',
	'- [X] shouted',
	'- [~] running ^m-aaaaaa',
	'- [ ] copy ^m-aaaaaa',
	'- [!] stuck ^m-bbbbbb (high)',
	'- [-] parked !4',
	'- [e] broke',
	'- [?] claims',
	'- [ ] w access:write @implement +app after:^m-bbbbbb',
	'- [ ] bad access:root',
	'- [ ] lone\rcarriage',
	'- [ ] trailing  ',
	'  ### Acceptance Criteria',
	'  - [ ] `npm test`',
	'  Test Steps:',
	'  1. look',
	'1. first',
	'- [ ] \u00ff\u00fe',
	'Setext',
	'====',
); // prettier-ignore
const utf8 = (text: string) => (text.includes('\u00ff\u00fe') ? text : Buffer.from(text).toString('latin1'));

const line = fc.oneof(
	{weight: 9, arbitrary: wild.map(utf8)},
	{weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 20}).map(text => utf8(text.replaceAll('\n', ' ')))},
	{
		weight: 1,
		arbitrary: fc.uint8Array({maxLength: 12}).map(bytes => Buffer.from(bytes).toString('latin1').replaceAll('\n', ' ')),
	},
);
const eol = fc.oneof({weight: 8, arbitrary: fc.constant('\n')}, {weight: 1, arbitrary: fc.constant('\r\n')});

/** Files of up to 25 lines: LF, CRLF or mixed, with and without a byte order mark and a last line end. */
export const documents: fc.Arbitrary<Buffer> = fc
	.record({
		lines: fc.array(line, {maxLength: 25}),
		eols: fc.oneof(fc.constant(['\n']), fc.constant(['\r\n']), fc.array(eol, {minLength: 1, maxLength: 5})),
		bom: fc.boolean(),
		ends: fc.boolean(),
		sectioned: fc.boolean(),
	})
	.map(({lines, eols, bom, ends, sectioned}) => {
		const all = sectioned ? ['## Pending', ...lines] : lines;
		const text = all
			.map((one, at) => one + (at < all.length - 1 || ends ? (eols[at % eols.length] ?? '\n') : ''))
			.join('');
		return Buffer.from((bom ? '\u00ef\u00bb\u00bf' : '') + text, 'latin1');
	});

/** Lines of bytes, without their ends. */
export const linesOf = (bytes: Buffer) =>
	bytes
		.toString('latin1')
		.replace(/^\u00ef\u00bb\u00bf/, '')
		.split('\n')
		.map(one => one.replace(/\r+$/, ''));

export const idsOf = (bytes: Buffer) => parseQueue(bytes).items.map(({mission}) => mission.id);
export const titlesOf = (bytes: Buffer) => parseQueue(bytes).items.map(({mission}) => mission.title);
