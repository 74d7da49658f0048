import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import type {PilotEvent} from '../../src/domain/event.js';
import {readLog} from '../../src/kernel/event-log.js';
import {taggedPids} from '../../src/kernel/process-tree.js';
import {startTimeOf} from '../../src/kernel/start-time.js';
import {startPilot} from './pilot-process.js';
import {git, type World} from './workspace.js';

const factsOf = (world: World): PilotEvent[] => readLog(path.join(world.workspace, '.pilot/events.ndjson')).events;

/** The tag of everything that this world's pilot has started; undefined while it has never come that far. */
export function tagOf({workspace}: World): string | undefined {
	const file = path.join(workspace, '.pilot/machine');
	const machine = existsSync(file) ? readFileSync(file, 'utf8').split(' ')[0] : undefined;
	return machine ? `${machine}/` : undefined;
}

const taggedIn = (world: World) => {
	const tag = tagOf(world);
	return tag ? taggedPids(tag) : [];
};

/** Two sessions of one mission at once: one that starts while another one has not ended. */
function doubled(facts: readonly PilotEvent[], id: string): string[] {
	const open = new Set<string>();
	const resumed = new Set<string>();
	let most = 0;
	for (const fact of facts) {
		if (fact.type === 'session.started' && fact.data.missionId === id) {
			// One that could not be resumed is followed by a new one without a word of its end.
			for (const sessionId of resumed) open.delete(sessionId);
			open.add(fact.data.sessionId);
			if (fact.data.resumed) resumed.add(fact.data.sessionId);
		}
		if (fact.type === 'session.ended' && fact.data.missionId === id) open.delete(fact.data.sessionId);
		most = Math.max(most, open.size);
	}
	return most > 1 ? [`${id} had ${most} sessions at once`] : [];
}

/** What a mission that writes has written is in the target, in one branch. */
function brokenWork({target}: World, id: string): string[] {
	const branches = git(target, 'for-each-ref', '--format=%(refname)', `refs/heads/pilot/${id}*`)
		.split('\n')
		.filter(Boolean);
	if (branches.length !== 1) return [`${id} has ${branches.length} branches in the target`];
	const changed = git(target, 'diff', '--name-only', `main...${branches[0]}`);
	return changed === '' ? [`${id} has an empty branch`] : [];
}

/** What of the promises does not hold in a workspace whose missions should all be done, each exactly once. */
function brokenPromises(world: World, ids: readonly string[]): string[] {
	const facts = factsOf(world);
	const count = (type: PilotEvent['type'], id: string) =>
		facts.filter(fact => fact.type === type && 'missionId' in fact.data && fact.data.missionId === id).length;
	const journal = path.join(world.workspace, 'journal');
	const day = (existsSync(journal) ? readdirSync(journal) : [])
		.map(name => readFileSync(path.join(journal, name), 'utf8'))
		.join('');
	const file = readFileSync(path.join(world.workspace, 'missions.md'), 'utf8');
	return ids.flatMap(id => {
		const troubles: string[] = [];
		if (!new RegExp(`^- \\[x\\] .*\\^${id}$`, 'm').test(file)) troubles.push(`${id} is not done in missions.md`);
		if (count('mission.concluded', id) !== 1) troubles.push(`${id} concluded ${count('mission.concluded', id)} times`);
		const reported = facts.filter(fact => fact.type === 'report.received' && fact.data.missionId === id);
		const attempts = new Set(reported.map(fact => (fact.type === 'report.received' ? fact.data.attempt : 0)));
		if (attempts.size !== reported.length) troubles.push(`${id} reported twice in one attempt`);
		if (day.split(`^${id}\n`).length !== 2)
			troubles.push(`${id} has ${day.split(`^${id}\n`).length - 1} journal entries`);
		const writes = new RegExp(`^- \\[x\\] .*access:write.*\\^${id}$`, 'm').test(file);
		return [...troubles, ...doubled(facts, id), ...(writes ? brokenWork(world, id) : [])];
	});
}

/** The processes that are still there when the time is over. */
export async function goneWithin(pids: readonly number[], ms: number): Promise<number[]> {
	const untilMs = Date.now() + ms;
	const alive = () => pids.filter(pid => startTimeOf(pid) !== undefined); // a zombie has ended
	while (alive().length > 0 && Date.now() < untilMs) await new Promise(resolve => setTimeout(resolve, 50));
	return alive();
}

export interface Aftermath {
	readonly readyMs: number;
	readonly troubles: string[];
	/** What the second pilot printed. */
	readonly said: string;
}

/** Starts again after a kill, until nothing is left to do, and looks at what has become of the missions. */
export async function startAgain(
	world: World,
	ids: readonly string[],
	env: Record<string, string>,
): Promise<Aftermath> {
	const left = taggedIn(world);
	const second = startPilot(['start', '--headless', '--until-idle'], {cwd: world.workspace, env});
	const startedMs = performance.now();
	await second.see('pilot started');
	const readyMs = performance.now() - startedMs;
	const lateOrphans = await goneWithin(left, 5000);
	const end = await second.finished;
	const troubles = [...brokenPromises(world, ids), ...(end.code === 0 ? [] : [`exit ${end.code}`])];
	if (lateOrphans.length > 0) troubles.push(`${lateOrphans.length} of ${left.length} processes lived on after 5 s`);
	const orphans = taggedIn(world);
	if (orphans.length > 0) troubles.push(`${orphans.length} orphans`);
	if (git(world.remote, 'rev-parse', 'main') !== git(world.workspace, 'rev-parse', 'HEAD'))
		troubles.push('the remote does not have it all');
	return {readyMs, troubles, said: end.out + end.err};
}
