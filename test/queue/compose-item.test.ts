import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Edit, editQueue, type NewMission, parseQueue} from '../../src/queue/index.js';
import {documents} from './documents.js';

const edit = (text: string, ...edits: Edit[]) => editQueue(Buffer.from(text), edits).toString();
const a = 'm-aaaaaa';
const b = 'm-bbbbbb';

describe('append', () => {
	const text = fc.oneof(
		fc.string({unit: 'grapheme', maxLength: 30}),
		fc.string({unit: 'binary', maxLength: 30}),
		fc
			.array(
				fc.constantFrom(
					'a',
					'b c',
					'!1',
					'(high)',
					'@implement',
					'+app',
					`^${a}`,
					'\\!1',
					'access:write',
					'after:^m-aaaaaa',
					'playbook:x',
					'from:me',
					'\n',
					'\r\n',
					'\r',
					'\u2028',
					'## Done',
					'- [ ] x',
					'- [x] 2026-01-01 - y',
					'```',
					'~~~',
					'<!--',
					'-->',
					'### Acceptance Criteria',
					'Test Steps:',
					'- `rm -rf /`',
					'1. do',
					'  ',
					'\t',
					'    ',
				),
				{maxLength: 8},
			)
			.map(parts => parts.join(' ')),
		fc
			.array(
				fc.constantFrom(
					'a',
					'## Done',
					'- [ ] x',
					'```',
					'  ~~~',
					'<!--',
					'### Acceptance Criteria',
					'Test Steps:',
					'- `rm -rf /`',
					'1. do',
					'',
				),
				{maxLength: 8},
			)
			.map(parts => parts.join('\n')),
	); // prettier-ignore

	test('in full, and read back', () => {
		const mission: NewMission = {
			id: a,
			title: 'Fix it',
			description: 'One\n\n  two',
			priority: 1,
			access: 'write',
			target: 'app',
			template: 'implement',
			playbook: 'duel',
			after: [b],
			criteria: [{text: '`npm test`', command: 'npm test'}, {text: '`looks` fine'}, {text: '`rm -rf /`'}],
			testSteps: ['look'],
			source: 'telegram',
		};
		const after = edit('## Pending\n\n## Done\n', {op: 'append', mission});
		expect(after).toBe(
			`## Pending\n- [ ] Fix it (critical) @implement +app after:^${b} access:write playbook:duel from:telegram ^${a}\n  One\n\n    two\n  ### Acceptance Criteria\n  - [ ] \`npm test\`\n  - [ ] \\\`looks\` fine\n  - [ ] \\\`rm -rf /\`\n  ### Test Steps\n  1. look\n\n## Done\n`,
		);
		const [item] = parseQueue(Buffer.from(after)).items;
		expect(item?.mission).toEqual({
			...mission,
			criteria: [{text: '`npm test`', command: 'npm test'}, {text: '\\`looks` fine'}, {text: '\\`rm -rf /`'}],
		});
		expect(edit(after, {op: 'append', mission})).toBe(after);
	});

	test('to an empty file, behind others, and to one without sections', () => {
		const append: Edit = {op: 'append', mission: {id: a, title: 'A'}};
		expect(edit('', append)).toBe(`## Pending\n- [ ] A ^${a}\n`);
		expect(edit('## Pending\n\n- [ ] B\n\n## Done', append)).toBe(`## Pending\n\n- [ ] B\n- [ ] A ^${a}\n\n## Done`);
		expect(edit('- [ ] B', append)).toBe(`## Pending\n- [ ] B\n- [ ] A ^${a}`);
	});

	test('what strangers write stays text, in any document', () => {
		fc.assert(
			fc.property(documents, text, text, (bytes, title, description) => {
				const before = parseQueue(bytes);
				const id = 'm-newone';
				const after = parseQueue(editQueue(bytes, [{op: 'append', mission: {id, title, description}}]));
				expect(after.items.length).toBe(before.items.length + 1);
				const added = after.items.find(({mission}) => mission.id === id);
				expect(added).toMatchObject({
					state: 'pending',
					mission: {priority: 3, access: 'read', after: [], criteria: [], testSteps: [], source: 'file'},
				});
				expect(Object.keys(added?.mission ?? {})).not.toEqual(expect.arrayContaining(['target']));
				expect(Object.keys(added?.mission ?? {})).not.toEqual(expect.arrayContaining(['template']));
				expect(after.items.filter(item => item !== added).map(item => item.mission)).toEqual(
					before.items.map(item => item.mission),
				);
			}),
			{numRuns: 3000},
		);
	});

	test('a title comes back as it was, on one line', () => {
		fc.assert(
			fc.property(text, title => {
				const after = parseQueue(editQueue(Buffer.from(''), [{op: 'append', mission: {id: a, title}}]));
				const plain = title
					.toWellFormed()
					.replace(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/g, ' ')
					.replaceAll(/[\0-\x08\x0e-\x1f\x7f-\x9f]/g, '')
					.replaceAll(/[ \t]+/g, ' ')
					.trim();
				expect(after.items[0]?.mission.title).toBe(plain || 'Untitled mission');
			}),
			{numRuns: 2000},
		);
	});

	test('an id that is none is refused', () => {
		expect(() => edit('', {op: 'append', mission: {id: 'x', title: 'A'}})).toThrow(RangeError);
	});
});
