import {mergeMissions} from '../../../src/queue/index.js';
import type {Fleet} from './play.js';

interface Commit {
	/** Counts up, so that an ancestor has a lower number. */
	readonly number: number;
	readonly parents: readonly Commit[];
	readonly bytes: Buffer;
}

function ancestorsOf(commit: Commit): Set<Commit> {
	const found = new Set<Commit>();
	const open = [commit];
	for (let next = open.pop(); next; next = open.pop()) {
		if (found.has(next)) continue;
		found.add(next);
		open.push(...next.parents);
	}
	return found;
}

const newestShared = (one: Commit, other: Commit): Commit | undefined => {
	const others = ancestorsOf(other);
	return [...ancestorsOf(one)].filter(commit => others.has(commit)).sort((a, b) => b.number - a.number)[0];
};

/**
 * Machines whose history is kept in memory, so that thousands of stories can be told: commit, fetch, merge and push as git does them, with
 * a compare-and-swap for the push. Every merge is also made with its sides swapped.
 */
export function createMemoryFleet(count: number, start: string, merge = mergeMissions): Fleet {
	let number = 0;
	const commit = (bytes: Buffer, ...parents: Commit[]): Commit => ({number: number++, parents, bytes});
	const first = commit(Buffer.from(start));
	let remote = first;
	const machines = Array.from({length: count}, () => ({file: first.bytes, head: first, seen: first}));
	const at = (machine: number) => machines[machine] as (typeof machines)[number];
	const save = (machine: number) => {
		const {file, head} = at(machine);
		if (!file.equals(head.bytes)) at(machine).head = commit(file, head);
	};
	const fetchAndMerge = (machine: number) => {
		save(machine);
		const here = at(machine);
		here.seen = remote;
		const base = newestShared(here.head, remote);
		if (!base || base === remote) return;
		const [ours, theirs] = [here.head.bytes, remote.bytes];
		const merged = merge(base.bytes, ours, theirs);
		if (!merge(base.bytes, theirs, ours).equals(merged)) throw new Error('the sides of a merge matter');
		here.head = base === here.head ? remote : commit(merged, here.head, remote);
		here.file = here.head.bytes;
	};
	const push = (machine: number) => {
		if (at(machine).seen === remote) remote = at(machine).head;
	};
	return {
		count,
		read: machine => at(machine).file.toString(),
		write: (machine, text) => void Object.assign(at(machine), {file: Buffer.from(text)}),
		commit: async machine => save(machine),
		begin: async machine => fetchAndMerge(machine),
		async sync(machine) {
			fetchAndMerge(machine);
			push(machine);
		},
		push: async machine => push(machine),
		// Killed before it fetched, or after it merged and before it pushed.
		async killedSync(machine, moment) {
			save(machine);
			if (moment > 0.5) fetchAndMerge(machine);
		},
		remote: () => remote.bytes.toString(),
	};
}
