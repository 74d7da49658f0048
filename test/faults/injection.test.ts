import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {branchOf} from '../../src/domain/mission.js';
import {editQueue, parseQueue} from '../../src/queue/index.js';
import {demoConfig, pilot} from '../support/demo-world.js';
import {tellFigure} from '../support/figures.js';
import {git, makeWorld, scratch} from '../support/workspace.js';

const evil = [
	'$(touch CANARY)',
	'`touch CANARY`',
	'; touch CANARY;',
	'| touch CANARY',
	'&& touch CANARY',
	'\u0022; touch CANARY; \u0022',
	"'; touch CANARY; '",
	'\ntouch CANARY\n',
	'--upload-pack=touch CANARY',
	'--exec=touch CANARY',
	'-c core.pager=touch',
	'--output=CANARY',
	'../../../../CANARY',
	'/etc/passwd',
	'%0a%0dtouch CANARY',
	'refs/heads/main',
	'HEAD~1..@{-1}',
	'con.lock',
	'\u202etxt.exe',
	'\u200b\u2060',
	'\u001b]52;c;AAAA\u0007',
	'\u0000',
	'^m-aaaaaa',
	'after:^m-aaaaaa @audit +app access:write !1',
	'<!-- ',
	'```',
	'## Done',
	'- [x] ',
	'{prompt}',
	'$HOME',
	'~root',
	'*?[]',
];
const words = fc
	.array(fc.oneof(fc.constantFrom(...evil), fc.string({unit: 'binary', maxLength: 12})), {minLength: 1, maxLength: 4})
	.map(parts => parts.join(' '));

test('10,000 hostile titles: every branch is a plain one of pilot’s, every mission one mission', () => {
	const runs = 10_000;
	let failures = 0;
	fc.assert(
		fc.property(words, words, (title, description) => {
			failures++;
			const id = 'm-abc123';
			const branch = branchOf({id, title});
			expect(branch).toMatch(/^pilot\/m-abc123(?:-[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
			const file = editQueue(Buffer.from('## Pending\n- [ ] Mine ^m-mine01\n\n## Done\n'), [
				{op: 'append', mission: {id, title, description, source: 'telegram'}},
			]);
			const {items} = parseQueue(file);
			expect(items.map(({mission, state}) => [mission.id, state])).toEqual([
				['m-mine01', 'pending'],
				[id, 'pending'],
			]);
			expect(items[1]?.mission.access).toBe('read');
			failures--;
		}),
		{numRuns: runs},
	);
	tellFigure({
		name: 'hostile titles and descriptions',
		n: runs,
		failures,
		figure: 'each one mission, on a plain branch',
	});
});

test('missions with hostile words, from the file, the command line and start to end: nothing runs, nothing is written outside', {
	timeout: 120_000,
}, async () => {
	using place = scratch('injection');
	const lines = evil
		.filter(word => !/[\n\u0000]/.test(word))
		.slice(0, 24)
		.map((word, index) => `- [ ] Say ${word} access:${index % 2 ? 'read' : 'write'}\n  ${word}\n`);
	const world = makeWorld(place.dir, {config: demoConfig(), missions: `## Pending\n${lines.join('')}`});
	for (const word of evil.filter(one => !one.includes('\u0000')).slice(0, 8))
		await pilot(world, ['add', `Add ${word}`]);
	const outside = () => readdirSync(place.dir).sort().join(' ');
	const before = outside();
	const refs = git(world.target, 'for-each-ref', '--format=%(refname)', 'refs/heads/main', 'refs/tags', 'refs/remotes');
	const {out, err} = await pilot(world, ['start', '--headless', '--until-idle']);
	expect(out + err).toContain('Say');
	const everywhere = [place.dir, world.workspace, world.target, world.home, path.join(world.workspace, '.pilot')];
	expect(everywhere.filter(folder => existsSync(path.join(folder, 'CANARY')))).toEqual([]);
	expect(outside()).toBe(before);
	expect(git(world.target, 'for-each-ref', '--format=%(refname)', 'refs/heads/main', 'refs/tags', 'refs/remotes')).toBe(
		refs,
	);
	const branches = git(world.target, 'for-each-ref', '--format=%(refname)', 'refs/heads').split('\n');
	expect(branches.filter(name => !/^refs\/heads\/(?:main|pilot\/[a-z0-9-]+)$/.test(name))).toEqual([]);
	expect(readFileSync(path.join(world.workspace, 'missions.md'), 'utf8').match(/^- \[/gm)?.length).toBeGreaterThan(20);
});
