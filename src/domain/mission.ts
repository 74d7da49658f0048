import {z} from 'zod';

/** What a session may touch. `read`: nothing changes. `write`: a branch of its own. `trusted`: in place, asked for by name. */
export const Access = z.enum(['read', 'write', 'trusted']);
export type Access = z.infer<typeof Access>;

/** 1 critical, 2 high, 3 medium (the default), 4 low. */
export const Priority = z.number().int().min(1).max(4);

export const MissionState = z.enum(['pending', 'in-progress', 'blocked', 'parked', 'failed', 'unproven', 'done']);
export type MissionState = z.infer<typeof MissionState>;

/** `command` is set when the criterion is wholly a code span; pilot runs it with `sh -c`, exit 0 = met. */
export const Criterion = z.object({text: z.string(), command: z.string().optional()});
export type Criterion = z.infer<typeof Criterion>;

export const MissionId = z.string().regex(/^m-[0-9a-z]{6}$/);

/** One unit of work in the queue, whatever source it came from. */
export const Mission = z.object({
	id: MissionId,
	title: z.string().min(1),
	description: z.string(),
	criteria: z.array(Criterion),
	testSteps: z.array(z.string()),
	priority: Priority,
	access: Access,
	after: z.array(MissionId),
	template: z.string().optional(),
	target: z.string().optional(),
	playbook: z.string().optional(),
	source: z.string(),
});
export type Mission = z.infer<typeof Mission>;

/** A mission as it stands in the queue file: with its mark, and where it is. */
export interface QueueItem {
	readonly mission: Mission;
	readonly state: MissionState;
	/** `2026-01-30` of a done mission. */
	readonly doneOn?: string;
	/** 1-based line of its first line in missions.md. */
	readonly line: number;
	/** False while the id is derived and not yet written to the file. */
	readonly idWritten: boolean;
	/** Why it must not be started, whatever its mark says. */
	readonly held?: string;
}

/** A line of missions.md that looks like an item and cannot be used as one. */
export interface QueueProblem {
	readonly line: number;
	readonly what: string;
}

/** The queue as last read from missions.md. Items in file order. */
export interface Queue {
	readonly items: readonly QueueItem[];
	readonly problems: readonly QueueProblem[];
	/** SHA-256 of the bytes read; '' before the first read. */
	readonly hash: string;
	/** 1-based line of the first marker of a conflict that git has left in the file: a mission that is not found may be in it. */
	readonly conflictAt?: number;
}

export const emptyQueue: Queue = {items: [], problems: [], hash: ''};

/** Branch of a write mission: `pilot/<id>-<slug>`; the slug is a-z, 0-9 and dashes, 40 at most. */
export function branchOf(mission: Pick<Mission, 'id' | 'title'>): string {
	const slug = mission.title
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, 40)
		.replaceAll(/^-+|-+$/g, '');
	return slug ? `pilot/${mission.id}-${slug}` : `pilot/${mission.id}`;
}
