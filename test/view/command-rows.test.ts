import {expect, test} from 'vitest';
import type {RanCommand} from '../../src/domain/ran-command.js';
import {commandLine, commandPages, commandRows} from '../../src/view/command-rows.js';
import {at, nowMs} from './a-status.js';

const ran = (seq: number, purpose: string, line: string, more: Partial<RanCommand> = {}): RanCommand => ({
	...{seq, at: at(seq - 10), purpose, line, durationMs: 300, exitCode: 0},
	...more,
});

const some = [
	ran(1, 'sync', 'git fetch origin'),
	ran(2, 'check', 'npm test', {missionId: 'm-1', durationMs: 65_000, exitCode: 1}),
	ran(3, 'sync', 'git push origin main', {exitCode: null, trouble: 'timed out', durationMs: 30_000}),
	ran(4, 'session', 'claude -p …', {missionId: 'm-1'}),
];
const {durationMs: _ms, exitCode: _code, ...running} = ran(5, 'session', 'claude -p …', {missionId: 'm-2'});

test('pages: all in groups, the newest first, what failed, and a page for each purpose', () => {
	const pages = commandPages([...some, running], nowMs);
	expect(pages.map(({title}) => title)).toEqual(['All', 'Failed', 'sync', 'check', 'session']);
	expect(pages[0]?.text.split('\n')).toEqual([
		'# 11:55 session ^m-2 (1 command, 0s)',
		'▶      … claude -p …: runs',
		'',
		'# 11:54 session ^m-1 (1 command, 0s)',
		'✓  300ms claude -p …',
		'',
		'# 11:52 check ^m-1 (1 command, 1m, 1 failed)',
		'✗     1m npm test: exit 1',
		'',
		'# 11:51 sync (2 commands, 30s, 1 failed)',
		'✓  300ms git fetch origin',
		'✗    30s git push origin main: timed out',
	]);
	expect(pages[1]?.text).not.toContain('git fetch');
	expect(commandPages([], nowMs)).toEqual([{title: 'Command log', kind: 'plain', text: 'Nothing was run yet.'}]);
});

test('the panel has the newest rows, what failed in a tone of its own and in words', () => {
	expect(commandRows(some).slice(-3)).toEqual([
		{text: '✗     1m npm test: exit 1', tone: 'bad'},
		{text: 'session ^m-1', tone: 'dim'},
		{text: '✓  300ms claude -p …', tone: 'plain'},
	]);
});

test('git that was asked whether something is there, and says no, has not failed', () => {
	const asked = ran(1, 'collect', 'git rev-parse --verify x', {exitCode: 1});
	expect(commandRows([asked]).slice(-1)).toEqual([
		{text: '–  300ms git rev-parse --verify x: exit 1, it is not there', tone: 'plain'},
	]);
	expect(commandPages([asked], nowMs).map(({title}) => title)).not.toContain('Failed');
	const pushed = ran(1, 'sync', 'git push origin', {exitCode: 1});
	expect(commandPages([pushed], nowMs).map(({title}) => title)).toContain('Failed');
});

test('a line for a shell; what a command holds is text', () => {
	expect(commandLine(ran(1, 'sync', 'git log \u001b[31mred'), nowMs)).toBe('11:51 sync ✓  300ms git log red');
});
