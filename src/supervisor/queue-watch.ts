import {statSync} from 'node:fs';
import path from 'node:path';
import {watch} from 'chokidar';
import {emptyQueue, type Queue} from '../domain/mission.js';
import {PilotError} from '../domain/pilot-error.js';
import type {Clock} from '../kernel/clock.js';
import {editFile, readIfThere} from '../kernel/files.js';
import {applyEdits, type Edit, parseQueue} from '../queue/index.js';

export interface QueueFile {
	readonly queue: Queue;
	readonly read: boolean;
	/** Reads the file if it may have changed; true when its content had. */
	refresh(): boolean;
	/** Changes it, whoever else is saving it at this moment. Throws QUEUE_CONFLICT, FILE_BUSY. */
	edit(edits: readonly Edit[]): boolean;
	close(): Promise<void>;
}

const rescanMs = 5000;

/** A mission whose lines are in a conflict gets its mark once that is resolved; one that a human took out gets none. */
function edited(bytes: Buffer, edits: readonly Edit[]): Buffer {
	const result = applyEdits(bytes, edits);
	const line = result.unknownIds.length > 0 ? parseQueue(bytes).conflictAt : undefined;
	if (line === undefined) return result.bytes;
	throw new PilotError('QUEUE_CONFLICT', {
		what: `missions.md has a git conflict (line ${line}), and ^${result.unknownIds.join(', ^')} may be in it.`,
		todo: 'Resolve it and take out its markers; it is tried again by itself.',
	});
}

/** Watchers miss the last of many quick saves (chokidar 5: 3 of 50), so they only hint; looking every 5 s is the truth. */
export function openQueueFile(
	file: string,
	clock: Clock,
	onChange: () => void,
	onTrouble: (error: unknown) => void,
): QueueFile {
	let queue: Queue = emptyQueue;
	let read = false;
	let stamp = '';
	const look = () => {
		const stat = statSync(file, {throwIfNoEntry: false, bigint: true});
		return stat ? `${stat.ino}:${stat.mtimeNs}:${stat.size}` : 'none';
	};
	const refresh = () => {
		const now = look();
		if (read && now === stamp) return false;
		const fresh = parseQueue(readIfThere(file) ?? Buffer.alloc(0));
		stamp = now;
		read = true;
		const changed = fresh.hash !== queue.hash;
		queue = fresh;
		return changed;
	};
	// A file that cannot be read now keeps its last known content; looking goes on.
	const hint = () => {
		try {
			if (refresh()) onChange();
		} catch (error) {
			onTrouble(error);
		}
	};
	const unwatch = clock.every(rescanMs, hint);
	const watcher = watch(path.dirname(file), {
		depth: 0,
		ignoreInitial: true,
		ignored: candidate => candidate !== path.dirname(file) && candidate !== file,
	});
	watcher.on('all', hint).on('error', () => {});
	return {
		get queue() {
			return queue;
		},
		get read() {
			return read;
		},
		refresh,
		edit(edits) {
			const written = editFile(file, bytes => edited(bytes ?? Buffer.alloc(0), edits));
			refresh();
			return written;
		},
		async close() {
			unwatch();
			await watcher.close();
		},
	};
}
