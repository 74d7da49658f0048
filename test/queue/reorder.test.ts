import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Edit, editQueue, parseQueue} from '../../src/queue/index.js';
import {documents, idsOf, linesOf} from './documents.js';

const edit = (text: string, ...edits: Edit[]) => editQueue(Buffer.from(text, 'latin1'), edits).toString('latin1');
const [a, b, c] = ['m-aaaaaa', 'm-bbbbbb', 'm-cccccc'];
const place = (id: string, side: 'before' | 'after', beside: string): Edit => ({op: 'place', id, side, beside});
const priority = (id: string, value: number): Edit => ({op: 'priority', id, priority: value});

describe('place', () => {
	test('moves an item with all that is below it; blank lines stay where they are', () => {
		const text = `# Q\n\n## Pending\n- [ ] A ^${a}\n  why\n\n  more\n\n- [ ] B !2 ^${b}\n\n\n- [ ] C ^${c}\n\n## Done\n`;
		const moved = `# Q\n\n## Pending\n- [ ] C ^${c}\n\n- [ ] A ^${a}\n  why\n\n  more\n\n\n- [ ] B !2 ^${b}\n\n## Done\n`;
		expect(edit(text, place(c, 'before', a))).toBe(moved);
		expect(edit(moved, place(c, 'after', b))).toBe(text);
	});

	test('a file without a line end stays one without', () => {
		const text = `## Pending\n- [ ] A ^${a}\n- [ ] B ^${b}`;
		const moved = `## Pending\n- [ ] B ^${b}\n- [ ] A ^${a}`;
		expect(edit(text, place(b, 'before', a))).toBe(moved);
		expect(edit(moved, place(b, 'after', a))).toBe(text);
		expect(edit(text.replaceAll('\n', '\r\n'), place(b, 'before', a))).toBe(moved.replaceAll('\n', '\r\n'));
	});

	test('prose and comments between two items stay where they are', () => {
		const text = `## Pending\n- [ ] A ^${a}\n\nThese can wait:\n\n- [ ] B ^${b}\n- [ ] C ^${c}\n`;
		expect(edit(text, place(c, 'before', a))).toBe(
			`## Pending\n- [ ] C ^${c}\n- [ ] A ^${a}\n\nThese can wait:\n\n- [ ] B ^${b}\n`,
		);
	});

	test('an item keeps its id when it goes past one of the same title', () => {
		const text = '## Pending\n- [ ] Again\n- [ ] Again\n  the second\n';
		const [first = '', second = ''] = idsOf(Buffer.from(text));
		expect(edit(text, place(second, 'before', first))).toBe(
			`## Pending\n- [ ] Again ^${second}\n  the second\n- [ ] Again\n`,
		);
	});

	test('another section, itself, or an unknown neighbour: nothing changes', () => {
		const text = `## Pending\n- [ ] A ^${a}\n## Blocked\n- [!] B ^${b}\n`;
		for (const one of [place(a, 'after', b), place(a, 'before', a), place(a, 'before', c)])
			expect(edit(text, one)).toBe(text);
	});

	test('an item that another one would swallow stays where it is', () => {
		const text = `## Pending\n   - [ ] A ^${a}\n- [ ] B ^${b}\n`;
		expect(edit(text, place(a, 'after', b))).toBe(text);
		const apart = text.replace('- [ ] B', 'Prose.\n- [ ] B');
		expect(edit(apart, place(a, 'after', b))).toBe(apart);
	});

	const somewhere = documents.chain(bytes => {
		const ids = idsOf(bytes);
		const at = fc.nat(Math.max(0, ids.length - 1));
		return fc.record({bytes: fc.constant(bytes), from: at, to: at, side: fc.constantFrom('before', 'after')});
	});

	test('whatever the file: every line is kept, the others keep their order, and once is as good as twice', () => {
		fc.assert(
			fc.property(somewhere, ({bytes, from, to, side}) => {
				const ids = idsOf(bytes);
				const [id = a, beside = a] = [ids[from], ids[to]];
				const after = editQueue(bytes, [place(id, side, beside)]);
				expect(editQueue(after, [place(id, side, beside)])).toEqual(after);
				const others = (of: Buffer) => idsOf(of).filter(one => one !== id);
				expect(others(after)).toEqual(others(bytes));
				const heads = (of: Buffer) => parseQueue(of).items.find(({mission}) => mission.id === id)?.line;
				const rest = (of: Buffer) =>
					linesOf(of)
						.filter((line, index) => index !== (heads(of) ?? 0) - 1 && line !== '<!-- -->')
						.sort();
				expect(rest(after)).toEqual(rest(bytes));
			}),
		);
	});
});

describe('priority', () => {
	test.each([
		['- [ ] A', 1, '- [ ] A (critical)'],
		['- [ ] A +app ^m-aaaaaa', 2, '- [ ] A (high) +app ^m-aaaaaa'],
		['- [ ] A (high) +app', 3, '- [ ] A +app'],
		['- [ ] A  !2   +app', 4, '- [ ] A  !4   +app'],
		['- [ ] A (Critical) ^m-aaaaaa  ', 2, '- [ ] A (high) ^m-aaaaaa  '],
		['- [ ] A !1 !2', 3, '- [ ] A !1 !3'],
		['- [ ] \xe0 la carte (low)', 3, '- [ ] \xe0 la carte'],
		['- [ ] A (medium)', 3, '- [ ] A (medium)'],
		['- [ ] (low) ^m-aaaaaa', 1, '- [ ] (low) ^m-aaaaaa'],
	])('%j at %i is %j', (line, value, wanted) => {
		const text = `## Pending\n${line}\n  below (high)\n`;
		const [id = a] = idsOf(Buffer.from(text, 'latin1'));
		expect(edit(text, priority(id, value))).toBe(`## Pending\n${wanted}\n  below (high)\n`);
	});

	test('whatever the file: that priority, and nothing else is another', () => {
		const one = documents.chain(bytes =>
			fc.record({
				bytes: fc.constant(bytes),
				at: fc.nat(Math.max(0, idsOf(bytes).length - 1)),
				value: fc.integer({min: 1, max: 4}),
			}),
		);
		fc.assert(
			fc.property(one, ({bytes, at, value}) => {
				const id = idsOf(bytes)[at] ?? a;
				const after = parseQueue(editQueue(bytes, [priority(id, value)])).items;
				expect(after).toEqual(
					parseQueue(bytes).items.map(item =>
						item.mission.id === id ? {...item, mission: {...item.mission, priority: value}} : item,
					),
				);
			}),
		);
	});
});
