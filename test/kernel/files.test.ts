import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {
	editFile,
	readIfThere,
	removeLeftovers,
	storageError,
	writeDurably,
	writePrivately,
} from '../../src/kernel/files.js';
import {scratch} from '../support/workspace.js';

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('writeDurably', () => {
	test.each([0o600, 0o644, 0o666, 0o755])('keeps mode %o', mode => {
		using folder = scratch();
		const file = path.join(folder.dir, 'a');
		writeFileSync(file, 'old');
		chmodSync(file, mode);
		writeDurably(file, 'new', {mode: 0o640});
		expect([modeOf(file), readFileSync(file, 'utf8')]).toEqual([mode, 'new']);
	});

	test('a new file gets the mode asked for, in a folder that is made', () => {
		using folder = scratch();
		const file = path.join(folder.dir, 'b', 'c', 'a');
		writeDurably(file, Buffer.from([1, 2]), {mode: 0o600});
		expect([modeOf(file), [...readFileSync(file)]]).toEqual([0o600, [1, 2]]);
		expect(readdirSync(path.dirname(file))).toEqual(['a']);
	});

	test('a link stays a link, and its goal is replaced, also one that is not there yet', () => {
		using folder = scratch();
		const [goal, link, loose] = ['goal', 'link', 'loose'].map(name => path.join(folder.dir, name)) as [
			string,
			string,
			string,
		];
		writeFileSync(goal, 'old');
		symlinkSync('goal', link);
		symlinkSync('later', loose);
		writeDurably(link, 'new');
		writeDurably(loose, 'new');
		expect(lstatSync(link).isSymbolicLink() && lstatSync(loose).isSymbolicLink()).toBe(true);
		expect([readFileSync(goal, 'utf8'), readFileSync(path.join(folder.dir, 'later'), 'utf8')]).toEqual(['new', 'new']);
	});

	test('what cannot be written leaves the old, nothing beside it, and says so', () => {
		using folder = scratch();
		mkdirSync(path.join(folder.dir, 'a'));
		writeFileSync(path.join(folder.dir, 'a', 'x'), '');
		expect(() => writeDurably(path.join(folder.dir, 'a'), 'new')).toThrow();
		expect(readdirSync(folder.dir)).toEqual(['a']);
	});

	test('storage trouble is told in words, with its exit code; other errors stay what they are', () => {
		const full = storageError('/w/x', Object.assign(new Error('no'), {code: 'ENOSPC'}));
		expect(full).toMatchObject({
			code: 'STORAGE_UNWRITABLE',
			exitCode: 74,
			message: '/w/x cannot be written: the disk is full.',
		});
		expect(storageError('/w/x', Object.assign(new Error('no'), {code: 'EROFS'}))).toMatchObject({
			message: '/w/x cannot be written: EROFS.',
		});
		const other = new Error('other');
		expect(storageError('/w/x', other)).toBe(other);
	});
});

describe('editFile', () => {
	test('no change writes nothing', () => {
		using folder = scratch();
		const file = path.join(folder.dir, 'a');
		writeFileSync(file, 'same');
		const {ino} = statSync(file);
		expect(editFile(file, bytes => bytes)).toBe(false);
		expect(editFile(file, () => undefined)).toBe(false);
		expect(editFile(file, () => Buffer.from('same'))).toBe(false);
		expect(statSync(file).ino).toBe(ino);
		expect(editFile(path.join(folder.dir, 'b'), bytes => (bytes ? undefined : Buffer.from('new')))).toBe(true);
	});

	test('somebody who saves in between loses nothing', () => {
		using folder = scratch();
		const file = path.join(folder.dir, 'a');
		writeFileSync(file, 'one\n');
		let rounds = 0;
		editFile(file, bytes => {
			rounds++;
			if (rounds === 1) writeFileSync(file, 'one\nhuman\n');
			return Buffer.concat([bytes ?? Buffer.alloc(0), Buffer.from('pilot\n')]);
		});
		expect([rounds, readFileSync(file, 'utf8')]).toEqual([2, 'one\nhuman\npilot\n']);
		expect(readdirSync(folder.dir)).toEqual(['a']);
	});

	test('somebody who never stops saving is told of, not overwritten', () => {
		using folder = scratch();
		const file = path.join(folder.dir, 'a');
		let n = 0;
		const busy = () =>
			editFile(file, () => {
				writeFileSync(file, `human ${++n}`);
				return Buffer.from('pilot');
			});
		expect(busy).toThrow(expect.objectContaining({code: 'FILE_BUSY'}));
		expect(readFileSync(file, 'utf8')).toBe(`human ${n}`);
	});

	test('whether it is given up is asked at the last moment: when only the rename is left', () => {
		using folder = scratch();
		const file = path.join(folder.dir, 'a');
		writeFileSync(file, 'old');
		const seen: string[] = [];
		const unless = () => {
			const temp = readdirSync(folder.dir).find(name => name !== 'a') ?? '';
			seen.push(readFileSync(path.join(folder.dir, temp), 'utf8'), readFileSync(file, 'utf8'));
			return seen.length === 2;
		};
		expect(writeDurably(file, 'new', {unless})).toBe(false);
		expect([readFileSync(file, 'utf8'), readdirSync(folder.dir)]).toEqual(['old', ['a']]);
		expect(writeDurably(file, 'new', {unless})).toBe(true);
		expect(readFileSync(file, 'utf8')).toBe('new');
		expect(seen).toEqual(['new', 'old', 'new', 'old']);
	});
});

test('what an interrupted write left goes, other files stay', () => {
	using folder = scratch();
	for (const name of ['.pilot-tmp-abc', 'missions.md', '.hidden']) writeFileSync(path.join(folder.dir, name), '');
	removeLeftovers(folder.dir);
	removeLeftovers(path.join(folder.dir, 'not there'));
	expect(readdirSync(folder.dir).sort()).toEqual(['.hidden', 'missions.md']);
});

test('reading what is not there gives nothing; what cannot be read is an error', () => {
	using folder = scratch();
	expect(readIfThere(path.join(folder.dir, 'a'))).toBeUndefined();
	expect(() => readIfThere(folder.dir)).toThrow('EISDIR');
});

test('a private file is for its owner alone', () => {
	using folder = scratch();
	const file = path.join(folder.dir, 'run', 'mcp.json');
	writePrivately(file, 'token');
	expect([modeOf(file), modeOf(path.dirname(file)), existsSync(file)]).toEqual([0o600, 0o700, true]);
});
