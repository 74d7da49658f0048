import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {createLastSeen} from '../../src/app/last-seen.js';
import {createMornings} from '../../src/app/mornings.js';
import {encodeRecord} from '../../src/kernel/event-log.js';
import {createViewStore} from '../../src/view/store.js';
import {scratch} from '../support/workspace.js';

const minute = 60_000;
const openedMs = Date.parse('2026-11-21T07:00:00.000Z');
const nightMs = 720 * minute;

/** What is told when the file says this much. */
function seen(content: string | undefined) {
	using place = scratch('last-seen');
	if (content !== undefined) writeFileSync(path.join(place.dir, 'last-seen'), content);
	const {sinceMs, wasAway} = createLastSeen(place.dir, () => openedMs);
	return [wasAway, openedMs - sinceMs];
}

const ago = (ms: number) => `${new Date(openedMs - ms).toISOString()}\n`;

test('half an hour is away; who was never here, or is said to come from tomorrow, has not been away', () => {
	expect(seen(ago(30 * minute))).toEqual([true, 30 * minute]);
	expect(seen(ago(29 * minute))).toEqual([false, nightMs]);
	expect(seen(undefined)).toEqual([false, nightMs]);
	expect(seen(ago(-minute))).toEqual([false, nightMs]);
	expect(seen('who knows')).toEqual([false, nightMs]);
});

test('looking is noted at once and once more at the end; a folder that is gone is no trouble', () => {
	using place = scratch('last-seen');
	let nowMs = openedMs;
	const leave = createLastSeen(place.dir, () => nowMs).follow();
	nowMs += 40 * minute;
	expect(createLastSeen(place.dir, () => nowMs).wasAway).toBe(true);
	leave();
	expect(createLastSeen(place.dir, () => nowMs).wasAway).toBe(false);
	rmSync(place.dir, {recursive: true});
	writeFileSync(place.dir, '');
	expect(() => createLastSeen(place.dir, () => nowMs).follow()()).not.toThrow();
	rmSync(place.dir);
	mkdirSync(place.dir);
});

function greeted(wasAway: boolean, facts: string, busy = false) {
	const place = scratch('mornings');
	mkdirSync(path.join(place.dir, '.pilot'));
	writeFileSync(path.join(place.dir, '.pilot', 'events.ndjson'), facts);
	const store = createViewStore({workspace: 'w', colour: true, nowMs: openedMs});
	if (busy) store.change({dialog: 'new'});
	const done = createMornings(place.dir, {sinceMs: openedMs, wasAway}).greet(store);
	return done.then(() => {
		place[Symbol.dispose]();
		return store.getState().screen.dialog;
	});
}

test('the report opens by itself for who was away while something happened, and has nothing else open', async () => {
	const fact = encodeRecord({
		...{seq: 1, at: new Date(openedMs + minute).toISOString(), type: 'account.parked'},
		data: {kind: 'limit', why: 'the limit is reached'},
	});
	expect(await greeted(true, fact)).toBe('morning');
	expect(await greeted(false, fact)).toBe('none');
	expect(await greeted(true, '')).toBe('none');
	expect(await greeted(true, fact, true)).toBe('new');
});
