import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {readPages} from '../../src/app/read-pages.js';
import {root} from '../support/pilot-process.js';
import {drawNight, openNight} from './night.js';

// Before anything that asks for it is loaded: times on the screen are local ones, and the pictures are in colour.
vi.hoisted(() => {
	process.env.TZ = 'UTC';
	process.env.FORCE_COLOR = '3';
});

const sizes = [
	[80, 24],
	[120, 40],
	[200, 50],
] as const;

/** Each view of the dashboard, and the keys that lead there. */
const views = {
	dashboard: [],
	help: ['?'],
	commands: [':'],
	question: ['y'],
	// The one that failed.
	mission: ['j', 'j', 'j', 'j', 'j', 'j', '\r'],
	receipts: ['j', 'j', 'j', 'j', 'j', 'j', '\r', '3'],
	changes: ['j', 'j', 'j', 'j', 'j', 'j', '\r', '4'],
	explain: ['j', 'j', 'j', 'j', 'j', 'j', '\r', '6'],
	journal: ['J'],
	'new-mission': ['n'],
	filter: ['/', ...'greeting'],
	zoom: ['z'],
	stop: ['x'],
	usage: ['u'],
	budget: ['b'],
	widened: ['w'],
	'command-log': ['L'],
	quit: ['q'],
} as const;

/** Those of the morning after it. */
const mornings = {
	morning: ['M'],
	memory: ['m', 'j'],
} as const;

let recorded: Readonly<Record<'night' | 'morning', ReturnType<typeof openNight>>>;
beforeAll(async () => {
	recorded = {night: openNight('night'), morning: openNight('morning')};
	// What reads pages is loaded when it is first asked for: on a busy machine that takes longer than a picture waits.
	await readPages(recorded.night.workspace, {kind: 'mission', id: 'm-p5d9ne'});
	await readPages(recorded.night.workspace, {kind: 'journal'});
});
afterAll(() => {
	for (const one of Object.values(recorded)) one[Symbol.dispose]();
});

const drawn = [
	...Object.entries(views).map(([name, keys]) => [name, 'night', {keys}] as const),
	...Object.entries(mornings).map(([name, keys]) => [name, 'morning', {keys}] as const),
	['tour', 'night', {keys: [' ', ' ', ' '], tour: true}] as const,
];

/** `npm run screens` draws them anew; then they are to be looked at. */
describe.each(drawn)('%s', (name, moment, way) => {
	test.each(sizes)(
		'%i×%i: as it was when somebody last looked at it, and nothing beside the window',
		async (cols, rows) => {
			const {svg, overflow} = await drawNight(recorded[moment], cols, rows, way);
			expect(overflow).toEqual([]);
			await expect(svg).toMatchFileSnapshot(path.join(root, 'docs/screens', `${name}-${cols}x${rows}.svg`));
		},
	);
});
