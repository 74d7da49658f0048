import {createHash} from 'node:crypto';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {derivedId, findItem, parseQueue} from '../../src/queue/index.js';
import {documents, titlesOf} from './documents.js';

const parse = (text: string) => parseQueue(Buffer.from(text));
const one = (text: string) => parse(`## Pending\n${text}\n`).items[0];
const full = `## Pending
- [ ] Add a greeting to the CLI (high) @implement +app after:^m-4k2p9q access:write ^m-7c1x0a
  Users asked for it twice; keep it under ten lines.

  ### Acceptance Criteria
  - [ ] \`node cli.js --hello | grep -q Hello\`
  - [ ] the README mentions it
  ### Test Steps
  1. run \`node cli.js --hello\`, expect Hello
- [ ] Security audit of the routes
`;

describe('a mission', () => {
	test('in full', () => {
		const {items, problems, hash} = parse(full);
		expect(items[0]).toEqual({
			mission: {
				id: 'm-7c1x0a',
				title: 'Add a greeting to the CLI',
				description: 'Users asked for it twice; keep it under ten lines.',
				criteria: [
					{text: '`node cli.js --hello | grep -q Hello`', command: 'node cli.js --hello | grep -q Hello'},
					{text: 'the README mentions it'},
				],
				testSteps: ['run `node cli.js --hello`, expect Hello'],
				priority: 2,
				access: 'write',
				after: ['m-4k2p9q'],
				template: 'implement',
				target: 'app',
				source: 'file',
			},
			state: 'pending',
			line: 2,
			idWritten: true,
		});
		expect(items[1]?.mission).toMatchObject({
			title: 'Security audit of the routes',
			priority: 3,
			access: 'read',
			criteria: [],
		});
		expect(problems).toEqual([]);
		expect(hash).toBe(createHash('sha256').update(full).digest('hex'));
	});

	test.each([
		['[ ]', 'pending'],
		['[~]', 'in-progress'],
		['[!]', 'blocked'],
		['[-]', 'parked'],
		['[?]', 'unproven'],
		['[e]', 'failed'],
		['[x]', 'done'],
		['[X]', 'done'],
	])('%s is %s, whatever the heading above it', (mark, state) => {
		expect(one(`- ${mark} T`)?.state).toBe(state);
	});

	test('the date of a done one is not part of its title', () => {
		expect(one('- [x] 2026-01-30 - Fix it ^m-abc123')).toMatchObject({
			doneOn: '2026-01-30',
			mission: {title: 'Fix it'},
		});
		expect(one('- [x] 2026-01-30 – Fix it')).toMatchObject({doneOn: '2026-01-30', mission: {title: 'Fix it'}});
		expect(one('- [x] 2026-13-30 - Fix it')?.mission.title).toBe('2026-13-30 - Fix it');
		expect(one('- [ ] 2026-01-30 - Plan')?.mission.title).toBe('2026-01-30 - Plan');
	});

	test('attributes come in any order, and only at the end', () => {
		const mission = one(
			'- [ ] Raise !2 to ^8.0.0 in bob@example.com ^m-abc123 playbook:duel !1 after:^m-aaaaaa after:^m-bbbbbb',
		)?.mission;
		expect(mission).toMatchObject({
			title: 'Raise !2 to ^8.0.0 in bob@example.com',
			id: 'm-abc123',
			playbook: 'duel',
			priority: 1,
		});
		expect(mission?.after).toEqual(['m-aaaaaa', 'm-bbbbbb']);
	});

	test.each([
		['Upgrade to ^8.0.0', 'Upgrade to ^8.0.0'],
		['Learn C++', 'Learn C++'],
		['Add 1 +1', 'Add 1 +1'],
		['Say hello !', 'Say hello !'],
		['Mind the (gap)', 'Mind the (gap)'],
		['Ask \\@alice', 'Ask @alice'],
		['Ask \\\\@alice', 'Ask \\@alice'],
		['Keep C:\\dir', 'Keep C:\\dir'],
		['Voilà', 'Voilà'],
		['No-break à', 'No-break à'],
	])('title %s', (text, title) => {
		expect(one(`- [ ] ${text}`)?.mission).toMatchObject({title, priority: 3});
	});

	test('lists: bullets of any kind, continued lines, a title with a colon, a code span of two backticks', () => {
		const mission = one(
			'- [ ] T\n  Acceptance criteria:\n    * [x] `` echo `id` ``\n    - text\n      goes on\n\n    - `a` or `b`\n  back to prose\n  **Test Steps:**\n  1) look',
		)?.mission;
		expect(mission?.criteria).toEqual([
			{text: '`` echo `id` ``', command: 'echo `id`'},
			{text: 'text goes on'},
			{text: '`a` or `b`'},
		]);
		expect(mission?.testSteps).toEqual(['look']);
		expect(mission?.description).toBe('back to prose');
	});

	test('a list title in a code block, or with no list under it, is description', () => {
		const mission = one('- [ ] T\n  ```\n  Acceptance Criteria:\n  - `rm`\n  ```\n  Test Steps:\n  none yet')?.mission;
		expect(mission).toMatchObject({criteria: [], testSteps: []});
		expect(mission?.description).toBe('```\nAcceptance Criteria:\n- `rm`\n```\nTest Steps:\nnone yet');
	});

	test('a nested checkbox list is description', () => {
		const {items} = parse('## Pending\n- [ ] A\n  - [ ] step\n\t- [x] tab\n- [ ] B\n');
		expect(items.map(({mission}) => [mission.title, mission.description])).toEqual([
			['A', '- [ ] step\n\t- [x] tab'],
			['B', ''],
		]);
	});
});

describe('where missions are', () => {
	test('under the five headings only', () => {
		expect(
			titlesOf(
				Buffer.from('# Q\n- [ ] stray\n## Pending\n- [ ] a\n### Later\n- [ ] b\n## Notes\n- [ ] c\n## DONE\n- [x] d\n'),
			),
		).toEqual(['a', 'b', 'd']);
	});

	test('one above ## Pending is told', () => {
		expect(parse('- [ ] stray\n## Pending\n').problems).toEqual([{line: 1, what: 'stands above ## Pending'}]);
	});

	test('before the first section in a file that has none of them', () => {
		expect(titlesOf(Buffer.from('# My list\nHello\n- [ ] a\n- [ ] b\n## Ideas\n- [ ] c'))).toEqual(['a', 'b']);
	});

	test('not in fences and comments, which end with their item', () => {
		const text =
			'## Pending\n```\n- [ ] no\n```\n~~~~\n- [ ] no\n~~~\n- [ ] no\n~~~~\n<!--\n- [ ] no\n## Done\n-->\n- [ ] a\n  ```\n  - [ ] no\n- [ ] b\n  <!--\n- [ ] c\n';
		expect(titlesOf(Buffer.from(text))).toEqual(['a', 'b', 'c']);
		expect(parse(text).problems).toEqual([]);
	});

	test('a fence that never ends is told', () => {
		expect(parse('## Pending\n- [ ] a\n\n```\n- [ ] b\n').problems).toEqual([
			{line: 4, what: 'opens a code block or comment that never ends'},
		]);
	});

	test('CRLF, a byte order mark and tabs do not matter', () => {
		const {items} = parse('\ufeff## Pending\r\n-\t[ ]\tA\t!1\r\n\tText\r\n');
		expect(items[0]?.mission).toMatchObject({title: 'A', description: 'Text', priority: 1});
	});
});

describe('what cannot be used is told with its line', () => {
	test.each([
		['- [ ]', 'the title is empty'],
		['- [ ] @implement !1', 'the title is empty'],
		['- [z] T', '[z] is no mark: [ ] [~] [-] [!] [e] [?] [x]'],
		['- [✓] T', '[✓] is no mark: [ ] [~] [-] [!] [e] [?] [x]'],
		['- [] T', '[] is no mark: [ ] [~] [-] [!] [e] [?] [x]'],
		['- [ ]T', 'a space is missing behind the mark'],
		['- [ ] T access:root', 'access:root is unknown: access:read, access:write or access:trusted'],
		['- [ ] T ^m-1', '^m-1 is no id: ^m- and six of 0-9 a-z'],
		['- [ ] T after:m-abc123', 'after:m-abc123 names no mission: after:^m- and six of 0-9 a-z'],
		['- [ ] T !7', '!7 is no priority: !1 to !4'],
		['- [ ] T playbook:', 'playbook: is no name'],
	])('%s', (text, what) => {
		expect(parse(`## Pending\n- [ ] ok\n${text}\n`)).toMatchObject({
			items: [{mission: {title: 'ok'}}],
			problems: [{line: 3, what}],
		});
	});

	test('links and plain bullets are no items', () => {
		expect(parse('## Pending\n- [a](b)\n- [WIP] c\n- d\n')).toMatchObject({items: [], problems: []});
	});

	test('a copied id: the first keeps it, the second is told and gets its own', () => {
		const {items, problems} = parse('## Pending\n- [ ] A ^m-abc123\n- [ ] B ^m-abc123\n');
		expect(items.map(({mission, idWritten}) => [mission.id, idWritten])).toEqual([
			['m-abc123', true],
			[derivedId('B', 0), false],
		]);
		expect(problems).toEqual([{line: 3, what: "^m-abc123 is another mission's id"}]);
	});
});

describe('derived ids', () => {
	test('are the same on every machine', () => {
		expect(derivedId('Security audit of the routes', 0)).toBe('m-56a2zw');
		expect(derivedId('Security audit of the routes', 1)).not.toBe('m-56a2zw');
	});

	test('stay when an equal mission before or behind gets its own written', () => {
		const [first, second] = [derivedId('Same', 0), derivedId('Same', 1)];
		const ids = (text: string) => parse(text).items.map(({mission}) => mission.id);
		expect(ids('- [ ] Same\n- [ ] Same')).toEqual([first, second]);
		expect(ids(`- [ ] Same\n- [ ] Same ^${second}`)).toEqual([first, second]);
		expect(ids(`- [ ] Same\n- [x] Same ^${first}`)).toEqual([second, first]);
	});

	test('are unique in any file', () => {
		fc.assert(
			fc.property(documents, bytes => {
				const ids = parseQueue(bytes).items.map(({mission}) => mission.id);
				expect(new Set(ids).size).toBe(ids.length);
			}),
			{numRuns: 1000},
		);
	});
});

describe('words that somebody meant for a mission and did not indent', () => {
	const what = 'is not indented: it belongs to no mission; indent it by two spaces';
	const linesOf = (text: string) => {
		const {problems} = parse(text);
		expect(problems.every(problem => problem.what === what)).toBe(true);
		return problems.map(({line}) => line);
	};

	test.each([
		['## Pending\n- [ ] A\nPort 8080.\nAnd more.\n- [ ] B\n', [3]],
		['## Blocked\n- [!] A\n  asked\n"Use the test one"\n', [4]],
		['## Pending\r\n- [ ] A\r\n\u00dcber alles\r\n', [3]],
		['## Pending\n- [ ] A\n### Acceptance Criteria\n- `true`\n', [3]],
		['## Pending\n- [ ] A\n**Test Steps:**\n', [3]],
		['- [ ] A\nyes\n', [2]],
	])('%j is told with its line', (text, lines) => {
		expect(linesOf(text)).toEqual(lines);
	});

	test.each([
		'## Pending\n- [ ] A\n\nA note about all of it.\n',
		'## Pending\n- [ ] A\n  indented\n one\n',
		'## Pending\n- [ ] A\n## Done\nWhat was done.\n- [x] B\nits note\n',
		'## Pending\nFirst these.\n- [ ] A\n---\n### Group\n- [ ] B\n<!-- c -->\n| a |\n***\n',
		'## Pending\n- a plain bullet\nits text\n',
		'## Notes\n- [ ] no mission\nits text\n## Pending\n- [ ] A\n```\ncode\n```\n',
	])('%j is nobody’s trouble', text => {
		expect(linesOf(text)).toEqual([]);
	});

	test('nothing else changes by it: what stands there stays no part of the mission', () => {
		const {items} = parse('## Pending\n- [ ] A ^m-aaaaaa\nloose\n- [ ] B ^m-bbbbbb\n');
		expect(items.map(({mission, line}) => [mission.id, mission.description, line])).toEqual([
			['m-aaaaaa', '', 2],
			['m-bbbbbb', '', 4],
		]);
	});
});

describe('speed', () => {
	const bestOf = (runs: number, work: () => void) => {
		const times = Array.from({length: runs}, () => {
			const start = performance.now();
			work();
			return performance.now() - start;
		});
		return Math.min(...times);
	};

	test('10,000 missions, warm: the best of ten is printed, and far below what would be felt', () => {
		const item = (_: unknown, at: number) =>
			`- [ ] Mission ${at} of many (high) @implement +app access:write ^m-${at.toString(36).padStart(6, '0')}\n`;
		const bytes = Buffer.from(`## Pending\n${Array.from({length: 10_000}, item).join('')}`);
		expect(parseQueue(bytes).items.length).toBe(10_000);
		const ms = bestOf(10, () => parseQueue(bytes));
		console.log(`10,000 missions parsed in ${ms.toFixed(1)} ms`);
		expect(ms).toBeLessThan(process.env.CI ? 200 : 100);
	});

	test.each(['a b ', 'ab`', ' ', '#', '## ', '`', '- ', '[', '(high) ', 'after:^m-aaaaaa ', '1. ', '`a` '])(
		'a line of 1 MB of %j in less than 200 ms',
		unit => {
			for (const before of [
				'',
				'## ',
				'- [ ] ',
				'- [x] ',
				'- [ ] t\n  ',
				'- [ ] t\n  Test Steps:\n  - ',
				'- [ ] t\n  Acceptance Criteria:\n  - ',
			]) {
				const bytes = Buffer.from(`## Pending\n${before}${unit.repeat(1_000_000 / unit.length)}x\n`);
				expect(
					bestOf(2, () => parseQueue(bytes)),
					JSON.stringify(before),
				).toBeLessThan(200);
			}
		},
	);
});

describe('one item of many', () => {
	test('is what the whole file says it is', () => {
		fc.assert(
			fc.property(documents, bytes => {
				for (const item of parseQueue(bytes).items) {
					const {id, title} = item.mission;
					for (const hint of [title, undefined, title.slice(0, 3), 'of old'])
						expect(findItem(bytes, id, hint)).toEqual(item);
				}
			}),
			{numRuns: 500},
		);
	});

	test.each([
		['in a comment', '## Pending\n<!--\n- [ ] A ^m-aaaaaa\n-->\n- [ ] B ^m-bbbbbb\n'],
		['in a code block', '## Pending\n```\n- [ ] A ^m-aaaaaa\n```\n'],
		['below another heading', '## Pending\n- [ ] B\n## Notes\n- [ ] A ^m-aaaaaa\n'],
		['in words of another one', '## Pending\n- [ ] B after:^m-aaaaaa\n  see ^m-aaaaaa\n'],
		['as a criterion', '## Pending\n- [ ] B\n  Acceptance Criteria:\n  - [ ] A ^m-aaaaaa\n'],
		['as a part of a longer one', '## Pending\n- [ ] B ^m-aaaaaab\n'],
	])('an id %s is no item', (_, text) => {
		expect(findItem(Buffer.from(text), 'm-aaaaaa')).toBeUndefined();
	});

	test('whose id stood in words before it is found', () => {
		const text = '## Pending\n- [ ] B after:^m-aaaaaa\n## Done\n- [x] A ^m-aaaaaa\n  why\n- [ ] C\n';
		expect(findItem(Buffer.from(text), 'm-aaaaaa')).toMatchObject({
			line: 4,
			state: 'done',
			mission: {description: 'why'},
		});
	});
});

test('what is kept of a mission does not keep the file it was read from', () => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const others = '- [x] Something of long ago that is done\n'.repeat(5000);
	const kept: string[] = [];
	collect();
	const before = process.memoryUsage().heapUsed;
	for (let n = 0; n < 30; n++) {
		const file = Buffer.from(
			`## Pending\n- [ ] Look at part ${n} of the greeting\n  - what is said to strangers\n${others}`,
		);
		const {mission} = findItem(file, parseQueue(file).items[0]?.mission.id ?? '') ?? {};
		kept.push(mission?.title ?? '', mission?.description ?? '');
	}
	collect();
	expect(kept[0]).toBe('Look at part 0 of the greeting');
	// Thirty files are 6 MB.
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_500_000);
});
