import {existsSync, renameSync} from 'node:fs';
import path from 'node:path';
import type {Adapter} from 'lowdb';
import {Low} from 'lowdb';
import {readIfThere, removeLeftovers, writeDurably} from './files.js';
import {makeFolder} from './make-folder.js';

const goodCopies = 3;

/** lowdb's own file adapter never fsyncs and shares one temporary name; this one survives a power cut and keeps older good copies. */
class DurableJsonFile<T> implements Adapter<T> {
	constructor(
		private readonly file: string,
		private readonly copies: string,
	) {}

	async read(): Promise<T | null> {
		const bytes = readIfThere(this.file);
		return bytes ? (JSON.parse(bytes.toString('utf8')) as T) : null;
	}

	async write(data: T): Promise<void> {
		const text = `${JSON.stringify(data, null, '\t')}\n`;
		// First the new copy, then the shift: a full disk must not push the good ones out.
		writeDurably(`${this.copies}.0`, text, {mode: 0o600});
		this.#shift();
		writeDurably(this.file, text);
	}

	#shift() {
		for (let n = goodCopies - 1; n >= 0; n--) {
			if (existsSync(`${this.copies}.${n}`)) renameSync(`${this.copies}.${n}`, `${this.copies}.${n + 1}`);
		}
	}
}

export interface SnapshotStore<T> {
	/** The newest readable snapshot, and what was damaged on the way to it. */
	load(): Promise<{value: T | undefined; damaged: string[]}>;
	save(value: T): Promise<void>;
}

/**
 * The folded state in a file, through lowdb.
 *
 * @param file Committed to git, so a merge or a human may have changed it.
 * @param copies Path prefix of the last three good copies, kept out of git.
 * @param accept Gives the value back when it can be used; undefined counts as damage and is set aside, never overwritten. What it
 * throws, such as that a newer build wrote it, is thrown on, and everything stays as it is.
 */
export function createSnapshotStore<T>(
	file: string,
	copies: string,
	accept: (value: unknown) => T | undefined,
): SnapshotStore<T> {
	const db = new Low<T | null>(new DurableJsonFile<T | null>(file, copies), null);
	const setAside = (name: string) => {
		const aside = `${copies}.bad-${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${path.basename(name)}`;
		makeFolder(path.dirname(aside), 0o700);
		renameSync(name, aside);
		return `${name} was damaged; it is kept as ${aside}`;
	};
	const parse = (name: string): unknown => {
		try {
			return JSON.parse(readIfThere(name)?.toString('utf8') ?? '');
		} catch {
			return;
		}
	};
	return {
		async load() {
			removeLeftovers(path.dirname(file));
			removeLeftovers(path.dirname(copies));
			const damaged: string[] = [];
			for (const name of [file, ...Array.from({length: goodCopies}, (_, n) => `${copies}.${n + 1}`)]) {
				if (!existsSync(name)) continue;
				const read = parse(name);
				const value = read === undefined ? undefined : accept(read);
				if (value !== undefined) return {value, damaged};
				damaged.push(setAside(name));
			}
			return {value: undefined, damaged};
		},
		async save(value) {
			db.data = value;
			await db.write();
		},
	};
}
