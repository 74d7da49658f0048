import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseUsageText} from '../../src/budget/index.js';
import {QuotaWindow} from '../../src/domain/budget.js';

const fixtures = new URL('../fixtures/usage-text/', import.meta.url);
const nowMs = Date.parse('2026-11-20T10:00:00Z');
const parse = (text: string, now: string | number = nowMs, timezone = 'Europe/Paris') =>
	parseUsageText(text, {nowMs: typeof now === 'string' ? Date.parse(now) : now, timezone, source: 'pasted'});
const fixture = (name: string) => readFileSync(new URL(name, fixtures), 'utf8');
const short = (text: string, now?: string, timezone?: string) =>
	parse(text, now ?? nowMs, timezone).map(({kind, usedPercent, resetsAt}) => [
		kind,
		usedPercent,
		resetsAt?.slice(0, 16),
	]);

interface Expected {
	session?: number;
	week_all?: number;
	week_sonnet?: number;
	week_opus?: number;
	week_model?: Record<string, number>;
	credits_spent?: number;
	credits_limit?: number;
}
const index = JSON.parse(fixture('index.json')) as {file: string; expect: Expected | null}[];

describe('captures', () => {
	test.each(index)('$file', ({file, expect: expected}) => {
		const windows = new Map(parse(fixture(file)).map(window => [window.kind, window]));
		const figures: Expected = {};
		const put = (key: 'session' | 'week_all' | 'week_sonnet' | 'week_opus', kind: string) => {
			const used = windows.get(kind)?.usedPercent;
			if (used !== undefined) figures[key] = used;
		};
		put('session', 'five_hour');
		put('week_all', 'weekly');
		put('week_sonnet', 'weekly:sonnet');
		put('week_opus', 'weekly:opus');
		if (windows.has('weekly:fable')) figures.week_model = {Fable: windows.get('weekly:fable')?.usedPercent ?? -1};
		const {spent, limit} = windows.get('credits') ?? {};
		if (spent !== undefined && limit !== undefined)
			Object.assign(figures, {credits_spent: spent, credits_limit: limit});
		expect(figures).toEqual(expected ?? {});
		const known = ['five_hour', 'weekly', 'weekly:sonnet', 'weekly:opus', 'weekly:fable', 'credits'];
		expect([...windows.keys()].filter(kind => !known.includes(kind))).toEqual([]);
	});

	test('the screen of 2.1.328, whole', () => {
		const measured = {source: 'pasted', measuredAt: '2026-11-20T10:00:00.000Z'};
		expect(parse(fixture('a01-measured-2.1.328-tui-paris.txt'))).toEqual([
			{kind: 'five_hour', usedPercent: 23, resetsAt: '2026-11-20T12:10:00.000Z', ...measured},
			{kind: 'weekly', usedPercent: 42, resetsAt: '2026-11-24T03:00:00.000Z', ...measured},
			{kind: 'weekly:sonnet', usedPercent: 7, resetsAt: '2026-11-24T03:00:00.000Z', ...measured},
			{
				kind: 'credits',
				usedPercent: 1,
				spent: 1.96,
				limit: 100,
				currency: 'USD',
				resetsAt: '2026-11-30T23:00:00.000Z',
				...measured,
			},
		]);
	});

	test('resets of the others', () => {
		expect(short(fixture('a03-measured-2.1.328-headless-paris.txt'))).toEqual([
			['five_hour', 23, '2026-11-20T12:10'],
			['weekly', 42, '2026-11-24T03:00'],
			['weekly:sonnet', 7, '2026-11-24T03:00'],
		]);
		expect(short(fixture('b02-tui-2026-01.txt'), '2026-01-28T01:00:00Z')).toEqual([
			['five_hour', 15, '2026-01-28T03:59'],
			['weekly', 44, '2026-01-29T17:59'],
			['weekly:sonnet', 7, '2026-02-01T15:59'],
		]);
		expect(short(fixture('b04-tui-2026-04-single-line.txt'), '2026-04-08T12:00:00Z')).toEqual([
			['weekly', 13, '2026-04-10T14:00'],
			['weekly:sonnet', 4, '2026-04-11T18:59'],
			['credits', 1, '2026-05-01T07:00'],
		]);
		expect(short(fixture('b06-headless-2026-07-zero-without-reset.txt'), '2026-07-01T12:00:00Z')).toEqual([
			['weekly', 23, '2026-07-04T02:00'],
			['weekly:sonnet', 0, undefined],
		]);
		expect(short(fixture('b11-web-settings-usage-2025-11.txt'), '2025-11-19T12:00:00Z', 'America/New_York')).toEqual([
			['five_hour', 2, '2025-11-19T15:43'],
			['weekly', 59, '2025-11-21T03:59'],
			['weekly:opus', 100, '2025-11-21T02:59'],
		]);
	});
});

describe('layouts', () => {
	test('escape sequences, a frame, and gaps drawn by moving the cursor', () => {
		const text =
			'\u001b[1mCurrent\u001b[1Csession\u001b[0m\r\n\u001b[38;5;153m│ ████▌    \u001b[2C\u001b[7m23%\u001b[1Cused\u001b[m │\r\n\u001b]0;title\u0007Resets\u001b[1C1:10pm\u001b[1C(Europe/Paris)';
		expect(short(text)).toEqual([['five_hour', 23, '2026-11-20T12:10']]);
	});

	test('what is left, a screen reader, halves', () => {
		expect(short('Current session: 65% left')).toEqual([['five_hour', 35, undefined]]);
		expect(short('Current session\n12% 12% used')).toEqual([['five_hour', 12, undefined]]);
		expect(short('Current week (all models): 0.5% used')).toEqual([['weekly', 0.5, undefined]]);
	});

	test('a row of another model or period', () => {
		expect(
			short('Current week (Opus)\n3% used\nCurrent week (Claude Next 7): 4% used\nCurrent month (all models): 5% used'),
		).toEqual([
			['weekly:opus', 3, undefined],
			['weekly:claude next 7', 4, undefined],
			['month', 5, undefined],
		]);
	});

	test('all in one line', () => {
		expect(
			short('Current session: 23% used · resets 1:10pm (UTC) Current week (all models): 42% used Extra usage 1% used'),
		).toEqual([
			['five_hour', 23, '2026-11-20T13:10'],
			['weekly', 42, undefined],
			['credits', 1, undefined],
		]);
	});

	test('of two captures the later', () => {
		expect(short('Current session: 23% used\nCurrent session: 24% used')).toEqual([['five_hour', 24, undefined]]);
	});

	test.each([
		['$1.96 / $100.00 spent', 1.96, 100, 'USD'],
		['€1.96 / €100.00 spent', 1.96, 100, 'EUR'],
		['1,96 € / 1.100,50 € spent', 1.96, 1100.5, 'EUR'],
		['EUR 1,234.50 / EUR 2,000 spent', 1234.5, 2000, 'EUR'],
		['A$3 spent', 3, undefined, 'AUD'],
		['£0.00 / Unlimited spent', 0, undefined, 'GBP'],
	])('credits: %s', (text, spent, limit, currency) => {
		const [window] = parse(`Usage credits\n${text} · Resets Dec 1 (Europe/Paris)`);
		expect(window).toMatchObject({kind: 'credits', spent, currency, resetsAt: '2026-11-30T23:00:00.000Z'});
		expect(window?.limit).toBe(limit);
	});
});

describe('what is no figure', () => {
	test.each([
		'',
		'You are currently using your subscription to power your Claude Code usage',
		'Current session: resets 1:10pm (UTC)',
		'96% of your usage came from subagent-heavy sessions',
		'90% of input tokens from cache',
		'Current directory: 50% used',
		'Extra usage not enabled · /extra-usage to enable',
		'50% used',
	])('%j', text => {
		expect(parse(text)).toEqual([]);
	});

	test('the lines behind the rows change no row', () => {
		const text =
			'Current week (all models)\n\nLast 24h\n96% of your usage came from subagent-heavy sessions\n56% used\nResets 3pm';
		expect(parse(text)).toEqual([]);
	});
});

describe('resets', () => {
	const reset = (when: string, now: string, row = 'Current week (all models)', timezone?: string) =>
		parse(`${row}: 1% used · resets ${when}`, now, timezone)[0]?.resetsAt;

	test.each([
		['at New Year ahead', 'Jan 2, 4am (UTC)', '2026-12-30T00:00:00Z', '2027-01-02T04:00:00.000Z'],
		['at New Year, pasted late', 'Dec 31 at 4am (UTC)', '2027-01-01T00:00:00Z', '2026-12-31T04:00:00.000Z'],
		['with a year', 'Jan 2, 2028, 4am (UTC)', '2026-12-30T00:00:00Z', '2028-01-02T04:00:00.000Z'],
		['on a leap day', 'Feb 29, 4am (UTC)', '2028-02-27T00:00:00Z', '2028-02-29T04:00:00.000Z'],
		['before summer time', 'Mar 28, 4am (Europe/Paris)', '2026-03-27T12:00:00Z', '2026-03-28T03:00:00.000Z'],
		['in summer time', 'Mar 30, 4am (Europe/Paris)', '2026-03-27T12:00:00Z', '2026-03-30T02:00:00.000Z'],
		[
			'in the hour that summer time skips',
			'Mar 29, 2:30am (Europe/Paris)',
			'2026-03-27T12:00:00Z',
			'2026-03-29T01:30:00.000Z',
		],
		[
			'in the hour that comes twice',
			'Oct 25, 2:30am (Europe/Paris)',
			'2026-10-24T12:00:00Z',
			'2026-10-25T00:30:00.000Z',
		],
		['in half-hour zones', 'Nov 24, 4am (Asia/Kolkata)', '2026-11-20T12:00:00Z', '2026-11-23T22:30:00.000Z'],
		['in a zone that is none', 'Nov 24, 4am (Mars/Base)', '2026-11-20T12:00:00Z', '2026-11-24T03:00:00.000Z'],
		['at noon', 'Nov 24, 12pm (UTC)', '2026-11-20T12:00:00Z', '2026-11-24T12:00:00.000Z'],
		['at midnight', 'Nov 24, 12am (UTC)', '2026-11-20T12:00:00Z', '2026-11-24T00:00:00.000Z'],
		['on 24 hours', '15:40 (UTC)', '2026-11-20T12:00:00Z', '2026-11-20T15:40:00.000Z'],
		['tomorrow', '3am (UTC)', '2026-11-20T12:00:00Z', '2026-11-21T03:00:00.000Z'],
		['on this weekday', 'Fri 1:00 PM (UTC)', '2026-11-20T12:00:00Z', '2026-11-20T13:00:00.000Z'],
		['on the next one', 'Fri 11:00 AM (UTC)', '2026-11-20T12:00:00Z', '2026-11-27T11:00:00.000Z'],
		['in days', 'in 2 days 3 hr', '2026-11-20T12:00:00Z', '2026-11-22T15:00:00.000Z'],
		['in hours', 'in 2h 15m', '2026-11-20T12:00:00Z', '2026-11-20T14:15:00.000Z'],
		['in an hour', 'in an hour', '2026-11-20T12:00:00Z', '2026-11-20T13:00:00.000Z'],
	])('%s: %s', (_, when, now, iso) => {
		expect(reset(when, now)).toBe(iso);
	});

	test('a session reset further than five hours ahead was today', () => {
		expect(reset('1:10pm (UTC)', '2026-11-20T13:12:00Z', 'Current session')).toBe('2026-11-20T13:10:00.000Z');
		expect(reset('12:30am (UTC)', '2026-11-20T23:00:00Z', 'Current session')).toBe('2026-11-21T00:30:00.000Z');
	});

	test.each(['Feb 30, 4am', '25:00', '13pm', '0am', '4:99am', 'soon', 'in a while', 'Nov', ''])('none: %j', when => {
		expect(reset(when, '2026-11-20T12:00:00Z')).toBeUndefined();
	});
});

describe('anything', () => {
	const words = fc.constantFrom(
		'Current session',
		'Current week (all models)',
		'Current week (Sonnet only)',
		'Usage credits',
		'23% used',
		'999% used',
		'65% left',
		'Resets',
		'resets',
		'Nov 24, 4am',
		'Thu 10:59 PM',
		'1:10pm',
		'in 9999 weeks',
		'in 3 hr 43 min',
		'(Europe/Paris)',
		'(a/b/c)',
		'(UTC+25)',
		'$1.96 / $100.00 spent',
		'€',
		'█▌',
		'\u001b[2C',
		'\u001b]',
		'\u009b',
		':',
		'·',
		'\n',
		'\r',
		'(',
		')',
		'%',
		'1e9',
	); // prettier-ignore
	const text = fc.oneof(
		fc.string({unit: 'binary', maxLength: 60}),
		fc
			.array(fc.oneof({weight: 9, arbitrary: words}, {weight: 1, arbitrary: fc.string({maxLength: 4})}), {
				maxLength: 12,
			})
			.map(parts => parts.join(' ')),
		fc.array(words, {maxLength: 12}).map(parts => parts.join('')),
	);

	test('never throws, and gives windows that are valid', () => {
		fc.assert(
			fc.property(
				text,
				fc.integer({min: 0, max: 4e12}),
				fc.constantFrom('Europe/Paris', 'UTC', 'Asia/Kolkata', 'nowhere'),
				(pasted, now, timezone) => {
					for (const window of parse(pasted, now, timezone)) {
						QuotaWindow.parse(window);
						expect(window.usedPercent ?? window.spent).toBeTypeOf('number');
					}
				},
			),
			{numRuns: 20_000},
		);
	});

	test.each(['Current session ', '1', '1,', '(', '\u001b[', '$1 ', 'in 1 h ', 'resets ', '· ', 'only '])(
		'1 MB of %j in less than two seconds',
		unit => {
			const start = performance.now();
			parse(`Current session: ${unit.repeat(1_000_000 / unit.length)}`);
			parse(`Usage credits: resets ${unit.repeat(1_000_000 / unit.length)}`);
			expect(performance.now() - start).toBeLessThan(2000);
		},
	);
});
