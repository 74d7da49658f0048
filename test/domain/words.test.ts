import {describe, expect, test} from 'vitest';
import {Config, limitOf} from '../../src/domain/config.js';
import {fullWindows} from '../../src/domain/decide/gate.js';
import {branchOf} from '../../src/domain/mission.js';
import {nearestOf} from '../../src/domain/nearest.js';
import {PilotError} from '../../src/domain/pilot-error.js';
import {windowName} from '../../src/domain/window-name.js';

describe('nearestOf', () => {
	test.each([
		['tragets', 'targets'],
		['Agent', 'agent'],
		['intervalsecond', 'intervalSeconds'],
		['zzz', undefined],
		['x', undefined],
	])('%s: %s', (word, nearest) => {
		expect(nearestOf(word, ['targets', 'agent', 'intervalSeconds', 'telegram'])).toBe(nearest);
	});

	test('nothing to choose from', () => {
		expect(nearestOf('x', [])).toBeUndefined();
	});
});

describe('branchOf', () => {
	test.each([
		['Fix the login!', 'pilot/m-abcdef-fix-the-login'],
		['Ärger über Öl', 'pilot/m-abcdef-a-rger-u-ber-o-l'],
		['日本語', 'pilot/m-abcdef'],
		['--upload-pack=touch x; $(id) ../..', 'pilot/m-abcdef-upload-pack-touch-x-id'],
		[`${'a'.repeat(39)} b`, `pilot/m-abcdef-${'a'.repeat(39)}`],
	])('%s: %s', (title, branch) => {
		expect(branchOf({id: 'm-abcdef', title})).toBe(branch);
	});
});

test('a limit is a number, none is no limit, 0 is none allowed', () => {
	const {limits} = Config.parse({limits: {runsPerDay: 'none', missionMinutes: 0}});
	expect(limitOf(limits.runsPerDay)).toBe(Number.POSITIVE_INFINITY);
	expect(limitOf(limits.missionMinutes)).toBe(0);
	expect(Config.safeParse({limits: {runsPerDay: -1}}).success).toBe(false);
});

test('an empty config is a whole one', () => {
	expect(Config.parse({})).toMatchObject({
		agent: 'claude',
		mode: 'autonomous',
		sessions: {max: 1},
		limits: {runsPerDay: 20, turnsPerMission: 50},
		git: {remote: 'origin', push: true},
	});
});

test('windows that are full are named as people call them, unknown kinds as they are', () => {
	expect(['five_hour', 'weekly', 'weekly:opus', 'moon'].map(windowName)).toEqual([
		'5-hour window',
		'weekly window',
		'weekly opus window',
		'moon',
	]);
	const measured = {source: 'x', measuredAt: '2026-03-10T12:00:00.000Z'};
	const windows = [
		{kind: 'a', ...measured},
		{kind: 'b', usedPercent: 90, ...measured},
	];
	expect(fullWindows(windows, 90, Date.parse('2026-03-10T12:00:00Z')).map(({kind}) => kind)).toEqual(['b']);
});

test('an error keeps its code, its way out and its exit code', () => {
	const error = new PilotError('X', {what: 'it broke', todo: 'mend it', cause: 1, exitCode: 3});
	expect(error).toMatchObject({
		name: 'PilotError',
		code: 'X',
		message: 'it broke',
		todo: 'mend it',
		cause: 1,
		exitCode: 3,
	});
	expect(new PilotError('X', {what: 'a', todo: 'b'}).exitCode).toBe(1);
});
