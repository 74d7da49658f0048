import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {applyEdits, type Edit, editQueue, parseQueue} from '../../src/queue/index.js';
import {documents, idsOf} from './documents.js';
import {mark, marked, markedOf, touchedBy, untouched} from './marked.js';

const edit = (text: string, ...edits: Edit[]) => editQueue(Buffer.from(text), edits).toString();
const a = 'm-aaaaaa';
const b = 'm-bbbbbb';

describe('mark', () => {
	test('claims: mark, id and section; creates the heading', () => {
		const id = idsOf(Buffer.from('## Pending\n- [ ] First !2\n  why\n\n  more\n\n- [ ] Second\n\n## Done\n'))[0] ?? '';
		expect(
			edit('## Pending\n- [ ] First !2\n  why\n\n  more\n\n- [ ] Second\n\n## Done\n', mark(id, 'in-progress')),
		).toBe(`## Pending\n\n- [ ] Second\n\n## In Progress\n- [~] First !2 ^${id}\n  why\n\n  more\n\n## Done\n`);
	});

	test('done: dated, newest first; back to pending: undated, behind the others', () => {
		const text = `## Pending\n- [ ] A ^${a}\n- [ ] C\n## Done\n- [x] 2026-01-01 - B ^${b}\n`;
		const done = `## Pending\n- [ ] C\n## Done\n- [x] 2026-01-30 - A ^${a}\n- [x] 2026-01-01 - B ^${b}\n`;
		expect(edit(text, mark(a, 'done', '2026-01-30'))).toBe(done);
		expect(edit(done, mark(a, 'pending'))).toBe(
			`## Pending\n- [ ] C\n- [ ] A ^${a}\n## Done\n- [x] 2026-01-01 - B ^${b}\n`,
		);
	});

	test('headings come in their order, between other ones', () => {
		const text = `# Q\n\n## Pending\n\n- [ ] A ^${a}\n\n- [ ] B ^${b}\n\n## Notes\n\nMine.\n`;
		expect(edit(text, mark(a, 'failed'), mark(b, 'done', '2026-01-30'))).toBe(
			`# Q\n\n## Pending\n\n## Failed\n\n- [e] A ^${a}\n\n## Done\n\n- [x] 2026-01-30 - B ^${b}\n\n## Notes\n\nMine.\n`,
		);
	});

	test('removes an item with all that is below it, and nothing that would change its neighbours', () => {
		const text = `## Pending\n\n- [ ] A ^${a}\n  more\n\n  - [ ] step\n\n- [ ] B ^${b}\n\n## Done\n`;
		const gone = `## Pending\n\n- [ ] B ^${b}\n\n## Done\n`;
		expect(edit(text, {op: 'remove', id: a})).toBe(gone);
		expect(edit(gone, {op: 'remove', id: a})).toBe(gone);
		expect(edit(text, mark(b, 'parked'), {op: 'remove', id: b})).not.toContain(b);
		const steps = `## Pending\n- [ ] A ^${a}\n - [ ] B ^${b}\n  - [ ] C ^m-cccccc\n`;
		expect(parseQueue(Buffer.from(steps)).items).toHaveLength(3);
		expect(edit(steps, {op: 'remove', id: b})).toBe(steps);
	});

	test('a file without sections gets ## Pending above its items', () => {
		expect(edit(`# Q\n- [ ] A ^${a}\n- [ ] B ^${b}`, mark(a, 'blocked'))).toBe(
			`# Q\n\n## Pending\n- [ ] B ^${b}\n\n## Blocked\n- [!] A ^${a}`,
		);
	});

	test('an unknown id changes nothing and is told', () => {
		const bytes = Buffer.from('## Pending\n- [ ] A\n');
		const result = applyEdits(bytes, [mark('m-zzzzzz', 'done')]);
		expect(result.bytes).toBe(bytes);
		expect(result.unknownIds).toEqual(['m-zzzzzz']);
	});

	test('an item that a human broke while it ran is still marked', () => {
		expect(edit(`## In Progress\n- [~] A access:wri ^${a}\n`, mark(a, 'failed'))).toBe(
			`## In Progress\n\n## Failed\n- [e] A access:wri ^${a}\n`,
		);
	});

	test('a copy gets its own id before the first moves behind it', () => {
		const after = edit(`## Pending\n- [ ] A ^${a}\n- [ ] A ^${a}\n`, mark(a, 'done', '2026-01-30'));
		const items = parseQueue(Buffer.from(after)).items;
		expect(items.map(({mission, state, idWritten}) => [mission.id === a, state, idWritten])).toEqual([
			[false, 'pending', true],
			[true, 'done', true],
		]);
	});

	test('never inside a code block that is left open', () => {
		expect(edit(`## Pending\n- [ ] A ^${a}\n\n\`\`\`\ncode`, mark(a, 'done', '2026-01-30'))).toBe(
			`## Pending\n\n## Done\n- [x] 2026-01-30 - A ^${a}\n\n\`\`\`\ncode`,
		);
	});

	test('line ends and the byte order mark stay', () => {
		expect(edit(`\ufeff## Pending\r\n- [ ] A ^${a}\r\n## Done\r\n`, mark(a, 'done', '2026-01-30'))).toBe(
			`\ufeff## Pending\r\n## Done\r\n- [x] 2026-01-30 - A ^${a}\r\n`,
		);
		expect(edit(`\ufeff- [ ] A ^${a}\r\n- [ ] B`, mark(a, 'blocked'))).toBe(
			`\ufeff## Pending\r\n- [ ] B\r\n\r\n## Blocked\r\n- [!] A ^${a}`,
		);
	});

	test('an item that would be swallowed by another is marked where it stands', () => {
		expect(edit(`## Pending\n  - [ ] A ^${a}\n## Blocked\n- [!] B ^${b}\n`, mark(a, 'blocked'))).toBe(
			`## Pending\n  - [!] A ^${a}\n## Blocked\n- [!] B ^${b}\n`,
		);
	});

	test('an item moves once the one that would have swallowed it has moved away', () => {
		expect(
			edit(
				`## Pending\n- [ ] A ^${a}\n## Blocked\n  - [!] B ^${b}\n## Failed\n`,
				mark(b, 'pending'),
				mark(a, 'failed'),
			),
		).toBe(`## Pending\n  - [ ] B ^${b}\n## Blocked\n## Failed\n- [e] A ^${a}\n`);
	});
});

describe('any document', () => {
	test('removing one leaves every other mission as it was', () => {
		fc.assert(
			fc.property(documents, fc.nat(), (bytes, at) => {
				const before = parseQueue(bytes).items.map(({mission}) => mission);
				const id = before[at % Math.max(1, before.length)]?.id ?? a;
				const after = parseQueue(editQueue(bytes, [{op: 'remove', id}])).items.map(({mission}) => mission);
				const others = before.filter(mission => mission.id !== id).map(({title}) => title);
				if (after.length < before.length) expect(after.map(({title}) => title)).toEqual(others);
				else expect(after).toEqual(before);
			}),
		);
	});

	test('parse and edit: marks are there, everything else is as it was, byte for byte', () => {
		fc.assert(
			fc.property(marked, ({bytes, edits}) => {
				const after = editQueue(bytes, edits);
				const ids = touchedBy(edits);
				expect(untouched(after, ids)).toEqual(untouched(bytes, ids));
				const wanted = new Map(
					edits.map(one => [touchedBy([one]).values().next().value, one.op === 'mark' ? one.state : '']),
				);
				const was = new Map(parseQueue(bytes).items.map(item => [item.mission.id, item]));
				const is = parseQueue(after).items;
				expect(is.map(({mission}) => mission.id).sort()).toEqual([...was.keys()].sort());
				for (const item of is) {
					expect(item.mission).toEqual(was.get(item.mission.id)?.mission);
					expect(item.state).toBe(wanted.get(item.mission.id) ?? was.get(item.mission.id)?.state);
				}
			}),
			{numRuns: 3000},
		);
	});

	test('the same edits twice do what they do once', () => {
		fc.assert(
			fc.property(markedOf(documents), ({bytes, edits}) => {
				const once = editQueue(bytes, edits);
				expect(editQueue(once, edits).equals(once)).toBe(true);
			}),
			{numRuns: 1000},
		);
	});

	test('lines keep their order and their ends', () => {
		fc.assert(
			fc.property(marked, ({bytes, edits}) => {
				const untouchedRest = (buffer: Buffer) => {
					const moved = parseQueue(buffer).items.filter(({mission}) => touchedBy(edits).has(mission.id));
					const gone = new Set(moved.map(({line}) => line - 1));
					return buffer
						.toString('latin1')
						.replace(/^\u00ef\u00bb\u00bf/, '')
						.split(/(?<=\n)/)
						.filter((line, at) => !gone.has(at) && /^[-*+] |^[A-Z`~]/.test(line))
						.map(line => line.trimEnd());
				};
				expect(untouchedRest(editQueue(bytes, edits))).toEqual(untouchedRest(bytes));
			}),
			{numRuns: 500},
		);
	});
});
