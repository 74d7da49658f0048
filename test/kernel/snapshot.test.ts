import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {createSnapshotStore} from '../../src/kernel/snapshot.js';
import {scratch} from '../support/workspace.js';

interface Value {
	readonly n: number;
}

const accept = (value: unknown) => (typeof (value as Value | null)?.n === 'number' ? (value as Value) : undefined);
const filesIn = (dir: string) => ({
	file: path.join(dir, 'state', 'a1.json'),
	copies: path.join(dir, '.pilot', 'snapshots', 'state.json'),
});
const open = (dir: string) => createSnapshotStore<Value>(filesIn(dir).file, filesIn(dir).copies, accept);

async function saved(dir: string, ...values: readonly number[]) {
	const store = open(dir);
	for (const n of values) await store.save({n});
	return filesIn(dir);
}

test('the last value is loaded; three good copies are kept', async () => {
	using folder = scratch();
	const {copies} = await saved(folder.dir, 1, 2, 3, 4, 5);
	expect(await open(folder.dir).load()).toEqual({value: {n: 5}, damaged: []});
	expect([1, 2, 3].map(n => JSON.parse(readFileSync(`${copies}.${n}`, 'utf8')).n)).toEqual([5, 4, 3]);
	expect(readdirSync(path.dirname(copies)).length).toBe(3);
});

test('nothing there is nothing, not damage', async () => {
	using folder = scratch();
	expect(await open(folder.dir).load()).toEqual({value: undefined, damaged: []});
});

test.each([
	['torn', '{"n": 1'],
	['empty', ''],
	['zeros', '\0\0\0\0'],
	['of a merge', '<<<<<<< ours\n{"n": 1}\n=======\n'],
	['of another kind', '{"m": 1}'],
	['null', 'null'],
])('a file that is %s is set aside, whole, and the last good copy is used', async (_name, text) => {
	using folder = scratch();
	const {file, copies} = await saved(folder.dir, 1, 2);
	writeFileSync(file, text);
	const {value, damaged} = await open(folder.dir).load();
	expect(value).toEqual({n: 2});
	expect(damaged.length).toBe(1);
	const aside = readdirSync(path.dirname(copies)).find(name => /^state\.json\.bad-\d{4}-/.test(name));
	expect(damaged[0]).toContain(aside);
	expect(readFileSync(path.join(path.dirname(copies), aside ?? ''), 'utf8')).toBe(text);
	expect(existsSync(file)).toBe(false);
});

test('the newest copies damaged as well: the one before them', async () => {
	using folder = scratch();
	const {file, copies} = await saved(folder.dir, 1, 2, 3);
	for (const name of [file, `${copies}.1`]) writeFileSync(name, 'x');
	const {value, damaged} = await open(folder.dir).load();
	expect([value, damaged.length]).toEqual([{n: 2}, 2]);
});

test('damage without a folder for copies, as after a fresh clone', async () => {
	using folder = scratch();
	const {file, copies} = await saved(folder.dir, 1);
	rmSync(path.dirname(copies), {recursive: true});
	writeFileSync(file, 'x');
	expect(await open(folder.dir).load()).toMatchObject({value: undefined, damaged: [expect.stringContaining(file)]});
});

test('what a newer build wrote is refused, and everything stays as it is', async () => {
	using folder = scratch();
	const {file, copies} = await saved(folder.dir, 1, 2);
	const refuse = createSnapshotStore<Value>(file, copies, () => {
		throw new Error('written by a newer one');
	});
	const before = readdirSync(path.dirname(copies)).sort();
	await expect(refuse.load()).rejects.toThrow('written by a newer one');
	expect(readdirSync(path.dirname(copies)).sort()).toEqual(before);
	expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({n: 2});
});

test('saves that fail push no good copy out', async () => {
	using folder = scratch();
	const {copies} = await saved(folder.dir, 1, 2, 3);
	const store = open(folder.dir);
	// Where the new copy is written first, something is in the way.
	mkdirSync(`${copies}.0`);
	writeFileSync(`${copies}.0/x`, '');
	for (let n = 0; n < 5; n++) await expect(store.save({n: 9})).rejects.toThrow();
	expect([1, 2, 3].map(n => JSON.parse(readFileSync(`${copies}.${n}`, 'utf8')).n)).toEqual([3, 2, 1]);
});
