import {expect, test} from 'vitest';
import {followSurroundings} from '../../src/app/surroundings.js';
import type {Status} from '../../src/domain/status.js';
import type {Dress} from '../../src/screen/index.js';
import {createViewStore} from '../../src/view/store.js';
import {aMission, aNight, aStatus, nowMs} from '../view/a-status.js';

const look = {theme: 'auto', ascii: 'auto', motion: 'full', title: true, bell: true, progress: true} as const;

const ghostty = {TERM_PROGRAM: 'ghostty'};

function open(colour = true, env: Readonly<Record<string, string>> = ghostty) {
	const store = createViewStore({workspace: 'work', colour, nowMs});
	const worn: Dress[] = [];
	let written = '';
	const write = (text: string) => {
		written += text;
		return true;
	};
	const around = followSurroundings({outer: {write, depth: '256'}, store, env}, dress => worn.push(dress));
	store.subscribe(around.follow);
	return {
		...around,
		store,
		worn,
		/** What was written since this was last asked. */
		written() {
			const text = written;
			written = '';
			return text;
		},
		show: (status: Status) => store.setStatus(status),
	};
}

const title = (text: string) => `\u001b]2;${text}\u001b\\`;
const [on, off] = ['\u001b]9;4;3;0\u001b\\', '\u001b]9;4;0;0\u001b\\'];

test('title, progress and bell follow the pilot, are told once, and are taken back', () => {
	const {show, written, end} = open();
	show(aNight({look}));
	// What needed somebody before the dashboard was opened does not ring: they have just come.
	expect(written()).toBe(title('▶ work: 1 running, 2 waiting, 3 for you') + on);
	show(aNight({look, watchers: 2}));
	expect(written()).toBe('');
	const failed = [aMission('m-1', {state: 'failed'}), aMission('m-2', {state: 'blocked'})];
	show(aStatus({look, missions: failed}));
	expect(written()).toBe(title('▶ work: 2 for you') + off);
	show(aStatus({look, missions: [...failed, aMission('m-3', {state: 'unproven'})]}));
	expect(written()).toBe(`${title('▶ work: 3 for you')}\u0007`);
	end();
	expect(written()).toBe(title(''));
});

test.each([
	[{WT_SESSION: 'x'}, true],
	[{TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.6.6'}, true],
	[{TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.10.1'}, true],
	[{TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.14'}, false],
	[{VTE_VERSION: '8002'}, true],
	[{VTE_VERSION: '6003'}, false],
	[{TERM: 'foot'}, false],
	[{}, false],
])('a terminal that would take progress for a notification is not told of it: %o', (env, isTold) => {
	const {show, written} = open(true, env);
	show(aNight({look}));
	expect(written().includes(on)).toBe(isTold);
});

test('where nothing but ASCII is wanted, the title is in ASCII, too', () => {
	const {show, written} = open();
	show(aStatus({look: {...look, ascii: true}}));
	expect(written()).toBe(title('> work: running'));
});

test('each is left out where the config says so', () => {
	const {show, written, end} = open();
	const silent = {...look, title: false, bell: false, progress: false};
	show(aNight({look: silent}));
	show(aNight({look: silent, missions: [aMission('m-9', {state: 'failed'})]}));
	end();
	expect(written()).toBe('');
});

test('a pilot that is gone has no progress, and its title says so', () => {
	const {show, store, written} = open();
	show(aNight({look}));
	written();
	store.setAnswering(false);
	expect(written()).toBe(title('work: no pilot') + off);
});

test('what a mission or a folder is called does not end the title', () => {
	const store = createViewStore({workspace: 'evil\u001b\\\u001b]52;c;eA==\u0007', colour: true, nowMs});
	let written = '';
	const write = (text: string) => {
		written += text;
		return true;
	};
	const around = followSurroundings({outer: {write, depth: '16'}, store, env: {}}, () => {});
	store.setStatus(aStatus({look}));
	around.follow();
	expect(written).toBe(title('▶ evil: running'));
});

test('a light terminal is found by its answer, and a config without colours is obeyed', () => {
	const {show, worn, heard} = open();
	show(aNight({look}));
	expect(worn.at(-1)).toMatchObject({depth: '256', ascii: false, theme: {isLight: false}});
	heard('\u001b]11;rgb:ffff/ffff/ffff\u001b\\');
	expect(worn.at(-1)).toMatchObject({theme: {isLight: true}});
	heard('\u001b[?1u');
	expect(worn.at(-1)).toMatchObject({theme: {isLight: true}});
	show(aNight({look: {...look, theme: 'none', ascii: true}}));
	expect(worn.at(-1)).toMatchObject({depth: 'none', ascii: true});
	const {worn: without, show: showPlain} = open(false);
	showPlain(aNight({look: {...look, theme: 'light'}}));
	expect(without.at(-1)).toMatchObject({depth: 'none'});
});
