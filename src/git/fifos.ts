import type {Dirent} from 'node:fs';
import {readdir, rm} from 'node:fs/promises';
import path from 'node:path';
import type {Checkout} from './checkout.js';

/** Files that git opens in every folder it looks into: at a FIFO of that name it waits for ever. */
const opened = new Set(['.gitignore', '.gitattributes']);

const listOf = (folder: string): Promise<Dirent[]> => readdir(folder, {withFileTypes: true}).catch(() => []);

/** Takes away FIFOs at which git would wait; gives their names. Nothing is lost with one: it holds nothing. */
async function removeFifos(root: string): Promise<string[]> {
	const removed: string[] = [];
	const folders = [root];
	for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
		for (const entry of await listOf(folder)) {
			const place = path.join(folder, entry.name);
			if (entry.isDirectory()) folders.push(place);
			if (!entry.isFIFO() || !opened.has(entry.name)) continue;
			await rm(place, {force: true});
			removed.push(path.relative(root, place));
		}
	}
	return removed;
}

/**
 * Does what looks at a session's work tree, and does it once more without the FIFOs that held it up. Only then are they looked for: a large
 * work tree takes long to walk through.
 */
export async function pastFifos<T>(
	{path: root}: Checkout,
	look: () => Promise<T>,
): Promise<{result: T; flags: readonly string[]}> {
	try {
		return {result: await look(), flags: []};
	} catch (error) {
		const removed = await removeFifos(root);
		if (removed.length === 0) throw error;
		return {result: await look(), flags: removed.map(name => `${name} was a FIFO, and was taken away`)};
	}
}
