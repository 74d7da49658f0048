import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {MissionState} from '../../src/domain/mission.js';
import {editQueue, mergeMissions, parseQueue} from '../../src/queue/index.js';
import {documents, idsOf, linesOf} from './documents.js';

const a = 'm-aaaaaa';
const b = 'm-bbbbbb';
const merge = (base: string, ours: string, theirs: string) => {
	const [was, one, other] = [Buffer.from(base), Buffer.from(ours), Buffer.from(theirs)] as const;
	const merged = mergeMissions(was, one, other);
	expect(mergeMissions(was, other, one).equals(merged)).toBe(true);
	return merged.toString();
};
const mark = (text: string, id: string, state: MissionState) =>
	editQueue(Buffer.from(text), [
		{op: 'mark', id, state, ...(state === 'done' ? {doneOn: '2026-01-30'} : {})},
	]).toString();
const base = `# Q

## Pending
- [ ] A ^${a}
  one
  two
- [ ] B ^${b}

## Done
`;

describe('one mission', () => {
	test('marked here, edited there: both', () => {
		expect(merge(base, mark(base, a, 'done'), base.replace('two', 'two\n  three').replace(' A ', ' A !1 '))).toBe(
			`# Q\n\n## Pending\n- [ ] B ^${b}\n\n## Done\n- [x] 2026-01-30 - A !1 ^${a}\n  one\n  two\n  three\n`,
		);
	});

	test('marked on both sides: the more advanced mark, once', () => {
		const merged = merge(base, mark(base, a, 'done'), mark(base, a, 'in-progress'));
		expect(merged).toBe(
			`# Q\n\n## Pending\n- [ ] B ^${b}\n\n## In Progress\n\n## Done\n- [x] 2026-01-30 - A ^${a}\n  one\n  two\n`,
		);
	});

	test('put back to pending here, untouched there: pending', () => {
		const done = mark(base, a, 'done');
		expect(merge(done, mark(done, a, 'pending'), `${done}\nA note.\n`)).toContain(`- [ ] A ^${a}`);
	});

	test('deleted here, edited there: stays; deleted here, untouched there: goes', () => {
		const deleted = base.replace(`- [ ] B ^${b}\n`, '');
		expect(merge(base, deleted, mark(base, b, 'in-progress'))).toContain(`- [~] B ^${b}`);
		expect(merge(base, deleted, mark(base, a, 'in-progress'))).not.toContain(b);
	});

	test('two new titles: one stands, the other is quoted under it', () => {
		const merged = merge(base, base.replace(' A ', ' A new '), base.replace(' A ', ' A other !1 '));
		expect(merged).toContain(`- [ ] A new !1 ^${a}\n  > - [ ] A other !1 ^${a}\n  one`);
		expect(parseQueue(Buffer.from(merged)).items.length).toBe(2);
	});

	test('title here, priority there: both', () => {
		expect(merge(base, base.replace(' A ', ' A new '), base.replace(' A ', ' A !1 '))).toContain(
			`- [ ] A new !1 ^${a}\n  one`,
		);
	});

	test('two new description lines: both', () => {
		const merged = merge(base, base.replace('two', 'deux'), base.replace('two', 'zwei'));
		expect(merged).toContain('one\n');
		expect(merged).toContain('deux\n');
		expect(merged).toContain('zwei\n');
		expect(merged).not.toContain('two');
	});

	test('started here, its title edited there before the id was written: one mission', () => {
		const bare = '## Pending\n- [ ] Fix teh login page\n- [ ] Other\n';
		const started = mark(bare, idsOf(Buffer.from(bare))[0] ?? '', 'in-progress');
		const merged = merge(bare, started, bare.replace('teh', 'the'));
		expect(merged).toBe(
			`## Pending\n- [ ] Other\n\n## In Progress\n- [~] Fix the login page ^${idsOf(Buffer.from(bare))[0]}\n`,
		);
	});

	test('taken out here, another put in its place: two missions', () => {
		const bare = '## Pending\n- [ ] Fix the login page\n';
		const started = mark(bare, idsOf(Buffer.from(bare))[0] ?? '', 'in-progress');
		expect(parseQueue(Buffer.from(merge(bare, started, '## Pending\n- [ ] Paint it green\n'))).items.length).toBe(2);
	});
});

describe('the file', () => {
	test('missions added on both sides', () => {
		const merged = merge(
			base,
			base.replace('\n\n## Done', '\n- [ ] C\n\n## Done'),
			base.replace('\n\n## Done', '\n- [ ] D\n\n## Done'),
		);
		expect(merged.replace(/- \[ \] [CD]\n- \[ \] [CD]\n/, '')).toBe(base);
	});

	test('the same mission added on both sides is one', () => {
		const added = base.replace('\n\n## Done', '\n- [ ] C\n\n## Done');
		expect(merge(base, added, `${added}\nNote.\n`)).toBe(`${added}\nNote.\n`);
	});

	test('a heading taken away here and filled there stays', () => {
		const merged = merge(base, base.replace('\n## Done\n', ''), mark(base, b, 'done'));
		expect(merged).toContain(`## Done\n- [x] 2026-01-30 - B ^${b}`);
	});

	test('the same heading created on both sides is one', () => {
		const merged = merge(base, mark(base, a, 'in-progress'), mark(base, b, 'in-progress'));
		expect(merged.match(/## In Progress/g)?.length).toBe(1);
		expect(parseQueue(Buffer.from(merged)).items.map(({state}) => state)).toEqual(['in-progress', 'in-progress']);
	});

	test('sections made here, missions added there to a file without any', () => {
		const bare = `- [ ] A ^${a}\n- [ ] B ^${b}\n`;
		const merged = merge(bare, mark(bare, a, 'done'), `${bare}- [ ] C\n`);
		expect(parseQueue(Buffer.from(merged)).items.map(({mission, state}) => [mission.title, state])).toEqual([
			['B', 'pending'],
			['C', 'pending'],
			['A', 'done'],
		]);
	});

	test('moved up here, marked elsewhere there: both', () => {
		const three = `## Pending\n- [ ] A ^${a}\n- [ ] B ^${b}\n- [ ] C ^m-cccccc\n`;
		const merged = merge(
			three,
			`## Pending\n- [ ] C ^m-cccccc\n- [ ] A ^${a}\n- [ ] B ^${b}\n`,
			mark(three, a, 'done'),
		);
		expect(merged).toBe(`## Pending\n- [ ] C ^m-cccccc\n- [ ] B ^${b}\n\n## Done\n- [x] 2026-01-30 - A ^${a}\n`);
	});

	test('line ends and the byte order mark', () => {
		const windows = `\ufeff${base.replaceAll('\n', '\r\n')}`;
		expect(merge(windows, mark(windows, a, 'done'), `${windows}Note.\r\n`)).toBe(
			`\ufeff# Q\r\n\r\n## Pending\r\n- [ ] B ^${b}\r\n\r\n## Done\r\n- [x] 2026-01-30 - A ^${a}\r\n  one\r\n  two\r\nNote.\r\n`,
		);
	});

	test('grown apart from nothing', () => {
		expect(merge('', '## Pending\n- [ ] A\n', '## Pending\n- [ ] B\n').split('\n').sort()).toEqual([
			'',
			'## Pending',
			'- [ ] A',
			'- [ ] B',
		]);
	});
});

/** What a human or pilot does to a file; `token` is a word that stands nowhere else. */
type Step = {
	kind: 'add' | 'retitle' | 'describe' | 'note' | 'delete' | 'mark' | 'swap' | 'unprose';
	at: number;
	state: MissionState;
};
const steps = fc.array(
	fc.record({
		kind: fc.constantFrom<Step['kind'][]>('add', 'retitle', 'describe', 'note', 'delete', 'mark', 'swap', 'unprose'),
		at: fc.nat(30),
		state: fc.constantFrom<MissionState[]>('pending', 'in-progress', 'blocked', 'parked', 'failed', 'unproven', 'done'),
	}),
	{maxLength: 6},
);

function apply(text: string, all: readonly Step[], side: string): string {
	let current = text;
	for (const [count, {kind, at, state}] of all.entries()) {
		const token = `${side}${count}x`;
		const {items} = parseQueue(Buffer.from(current));
		const item = items[at % Math.max(items.length, 1)];
		const lines = current.split('\n');
		const head = (item?.line ?? 1) - 1;
		if (kind === 'add') lines.splice((at % lines.length) + 1, 0, `- [ ] Mission ${token}`);
		else if (kind === 'note') lines.splice((at % lines.length) + 1, 0, `Note ${token}.`);
		else if (kind === 'unprose')
			lines.splice(0, lines.length, ...lines.filter((line, index) => index !== at || !line.startsWith('Prose')));
		else if (!item) continue;
		else if (kind === 'mark') {
			current = mark(current, item.mission.id, state);
			continue;
		} else if (kind === 'retitle') lines[head] = lines[head]?.replace(/(\[.\] (?:\S+ - )?\w+)/, `$1 ${token}`) ?? '';
		else if (kind === 'describe') lines.splice(head + 1, 0, `  about ${token}`);
		else if (kind === 'delete') lines.splice(head, 1);
		else if (items[0]) lines.splice(head, 0, ...lines.splice(items[0].line - 1, 1));
		current = lines.join('\n');
	}
	return current;
}

const start = `# Queue\n\nProse one.\nProse two.\n\n## Pending\n\n- [ ] Alpha work ^${a}\n  about it\n- [ ] Beta work ^${b}\n\n- [ ] Gamma work\n- [ ] Gamma work\n- [~] Delta work !1\n\n## Done\n- [x] 2026-01-01 - Epsilon work\n\n## Notes\nProse three.\n- [ ] private\n`;
const tokens = /\b(?:ours|theirs)\d+x\b/g;

describe('any two histories', () => {
	test('no human word is lost, no id is doubled, swapped sides give the same bytes', () => {
		fc.assert(
			fc.property(steps, steps, fc.boolean(), (mine, yours, crlf) => {
				const [was, one, other] = [start, apply(start, mine, 'ours'), apply(start, yours, 'theirs')].map(text =>
					Buffer.from(crlf ? text.replaceAll('\n', '\r\n') : text),
				) as [Buffer, Buffer, Buffer];
				const merged = mergeMissions(was, one, other);
				expect(mergeMissions(was, other, one).equals(merged)).toBe(true);
				const kept = new Set(merged.toString().match(tokens));
				const written = `${one} ${other}`.match(tokens) ?? [];
				expect(written.filter(token => !kept.has(token))).toEqual([]);
				const queue = parseQueue(merged);
				const ids = merged.toString().match(/(?<!> .*)\^m-\w{6}$/gm) ?? [];
				expect(new Set(ids).size).toBe(ids.length);
				expect(queue.problems.filter(({what}) => what.includes('another'))).toEqual([]);
				for (const prose of ['Prose one.', 'Prose two.', 'Prose three.', '- [ ] private'])
					if (one.includes(prose) && other.includes(prose)) expect(merged.includes(prose)).toBe(true);
			}),
			{numRuns: 2000},
		);
	});

	test('a mission is there if either side has it and the other did not take it away', () => {
		fc.assert(
			fc.property(steps, steps, (mine, yours) => {
				const [was, one, other] = [start, apply(start, mine, 'ours'), apply(start, yours, 'theirs')].map(text =>
					Buffer.from(text),
				) as [Buffer, Buffer, Buffer];
				const [old, left, right, merged] = [was, one, other, mergeMissions(was, one, other)].map(
					bytes => new Map(parseQueue(bytes).items.map(item => [item.mission.id, item])),
				);
				for (const id of [a, b]) {
					const states = [old, left, right].map(items => items?.get(id)?.state);
					if (states[1] && states[2])
						expect(merged?.get(id)?.state).toBe(
							states[1] === states[0] ? states[2] : states[2] === states[0] ? states[1] : merged?.get(id)?.state,
						);
					if (states[1] && states[2]) expect([states[1], states[2]]).toContain(merged?.get(id)?.state);
				}
			}),
			{numRuns: 1000},
		);
	});

	test('one side unchanged gives the other side, whatever they are', () => {
		fc.assert(
			fc.property(documents, documents, (was, one) => {
				expect(mergeMissions(was, one, was).equals(one)).toBe(true);
				expect(mergeMissions(was, was, one).equals(one)).toBe(true);
				expect(mergeMissions(was, one, one).equals(one)).toBe(true);
			}),
			{numRuns: 500},
		);
	});

	test('two unrelated files: every line of either is in the result', () => {
		fc.assert(
			fc.property(documents, documents, (one, other) => {
				const merged = mergeMissions(Buffer.from(''), one, other);
				expect(mergeMissions(Buffer.from(''), other, one).equals(merged)).toBe(true);
				const ids = idsOf(merged);
				expect(new Set(ids).size).toBe(ids.length);
				const isProse = (line: string) => line.trim() !== '' && !/[-*+]\s+\[|^\s*#/.test(line);
				const kept = new Set(linesOf(merged));
				expect([...linesOf(one), ...linesOf(other)].filter(line => isProse(line) && !kept.has(line))).toEqual([]);
			}),
			{numRuns: 1000},
		);
	});
});
