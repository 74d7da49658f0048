import {appendFileSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createRedactor} from '../../src/kernel/redact.js';
import {type CastEvent, durationOf, parseCast, readCast, squeeze, squeezer} from '../../src/screen/cast.js';
import {castText, redactCast} from '../../src/screen/cast-clean.js';
import {castSvg} from '../../src/screen/cast-svg.js';
import {scratch} from '../support/workspace.js';

const head = '{"version":2,"width":80,"height":24,"timestamp":1700000000,"title":"t"}';
const lines = [head, '[0.5,"o","a"]', '[1.5,"r","100x30"]', '[2,"i","x"]', '[3,"m","here"]', '[9,"o","é😀"]'];
const events: CastEvent[] = [
	{atMs: 500, kind: 'output', text: 'a'},
	{atMs: 1500, kind: 'resize', cols: 100, rows: 30},
	{atMs: 3000, kind: 'mark', label: 'here'},
	{atMs: 9000, kind: 'output', text: 'é😀'},
];

test('header and events are read; kinds that are of no use are passed over', () => {
	expect(parseCast(lines)).toEqual({
		header: {cols: 80, rows: 24, startedMs: 1_700_000_000_000, title: 't'},
		events,
		damaged: 0,
	});
});

describe('damage', () => {
	test('is passed over and counted', () => {
		const bad = [
			'nonsense',
			'[1',
			'["1","o","x"]',
			'[-1,"o","x"]',
			'[1,"o",5]',
			'[1,"r","0xq"]',
			'{"a":1}',
			'null',
			'7',
		];
		const found = parseCast([head, ...bad, ...lines.slice(1)]);
		expect(found.damaged).toBe(bad.length);
		expect(found.events.map(event => event.kind)).toEqual(['output', 'resize', 'mark', 'output']);
	});

	test('time never goes back; a file without a header is still readable', () => {
		expect(parseCast([head, '[5,"o","a"]', '[2,"o","b"]']).events.map(({atMs}) => atMs)).toEqual([5000, 5000]);
		expect(parseCast(['[1,"o","a"]'])).toMatchObject({header: {cols: 80, rows: 24}, events: [{text: 'a'}]});
		expect(parseCast([])).toMatchObject({events: [], damaged: 0});
	});

	test('a file that is cut at any byte is readable up to there', () => {
		using place = scratch();
		const file = path.join(place.dir, 'x.cast');
		const text = `${lines.join('\n')}\n`;
		const bytes = Buffer.byteLength(text);
		for (let length = bytes; length >= 0; length--) {
			writeFileSync(file, text);
			truncateSync(file, length);
			const found = readCast(file);
			const whole = readFileSync(file, 'utf8').split('\n').length - 1;
			expect(found.damaged).toBeLessThanOrEqual(1);
			if (whole > 0) expect(found.events.length).toBeGreaterThanOrEqual(whole - 1 - (whole > 3 ? 1 : 0));
			if (whole > 0) expect(found.header.cols).toBe(80);
		}
	});
});

test('a large file is read in pieces, characters across their edges whole', () => {
	using place = scratch();
	const file = path.join(place.dir, 'x.cast');
	writeFileSync(file, `${head}\n`);
	const text = '日本語'.repeat(10_000);
	for (let n = 0; n < 40; n++) appendFileSync(file, `${JSON.stringify([n, 'o', text])}\n`);
	const found = readCast(file);
	expect(found.damaged).toBe(0);
	expect(found.events.every(event => event.kind === 'output' && event.text === text)).toBe(true);
	expect(durationOf(found)).toBe(39_000);
});

test('what is written is read again as it was', () => {
	const header = {cols: 80, rows: 24, startedMs: 1_700_000_000_000, title: 't'};
	expect(parseCast(castText({header, events}).split('\n'))).toEqual({header, events, damaged: 0});
});

describe('squeeze', () => {
	test('no pause is longer, the others stay', () => {
		expect(squeeze(events, 1.2).map(({atMs}) => atMs)).toEqual([500, 1500, 2700, 3900]);
		expect(squeeze(events, 0)).toEqual(events);
	});

	test('keeps the order of all times, in between too', () => {
		fc.assert(
			fc.property(
				fc.array(fc.nat(20_000)),
				fc.array(fc.nat(30_000)),
				fc.double({min: 0.1, max: 5, noNaN: true}),
				(times, asked, most) => {
					const all = times.sort((a, b) => a - b).map((atMs): CastEvent => ({atMs, kind: 'output', text: ''}));
					const at = squeezer(all, most);
					const mapped = asked.sort((a, b) => a - b).map(at);
					expect(mapped).toEqual([...mapped].sort((a, b) => a - b));
					expect(squeeze(all, most).map(({atMs}) => atMs)).toEqual(all.map(({atMs}) => at(atMs)));
				},
			),
		);
	});
});

test('an export holds no secret, one that was cut between events neither', () => {
	const secret = 'hunter2-hunter2';
	const cut: CastEvent[] = [
		{atMs: 1, kind: 'output', text: 'a hunter2'},
		{atMs: 2, kind: 'mark', label: secret},
		{atMs: 3, kind: 'output', text: '-hunter2 b hunt'},
	];
	const text = castText(
		redactCast({header: {cols: 80, rows: 24, startedMs: 0}, events: cut}, createRedactor([secret])),
	);
	expect(text).not.toContain('hunter2');
	expect(parseCast(text.split('\n')).events).toEqual([
		{atMs: 1, kind: 'output', text: 'a '},
		{atMs: 2, kind: 'mark', label: '[secret]'},
		{atMs: 3, kind: 'output', text: '[secret] b '},
		{atMs: 3, kind: 'output', text: 'hunt'},
	]);
});

test('a picture shows the last screen, or that of a time, and holds no markup of the program', async () => {
	const cast = {
		header: {cols: 20, rows: 3, startedMs: 0},
		events: [
			{atMs: 1000, kind: 'output', text: 'first\r\n'} as const,
			{atMs: 2000, kind: 'output', text: '\u001b[31m<script>&"\u001b[8mhidden'} as const,
		],
	};
	const last = await castSvg(cast, 'a "title"');
	expect(last).toContain('first');
	expect(last).toContain('&lt;script&gt;&amp;&quot;');
	expect(last).toContain('aria-label="a &quot;title&quot;"');
	expect(last).not.toContain('hidden');
	expect(await castSvg(cast, 't', 1500)).not.toContain('script');
});
