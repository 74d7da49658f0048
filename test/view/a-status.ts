import type {PilotEvent} from '../../src/domain/event.js';
import type {MissionStatus, SessionStatus, Status} from '../../src/domain/status.js';

/** Noon of a day, local time, so that no test depends on the zone it runs in. */
export const nowMs = new Date(2026, 10, 20, 12, 0, 0).getTime();
export const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();

export const aMission = (id: string, over: Partial<MissionStatus> = {}): MissionStatus => ({
	id,
	title: `Mission ${id}`,
	state: 'pending',
	priority: 3,
	access: 'read',
	source: 'file',
	why: 'its turn comes after those above',
	line: 3,
	...over,
});

export const aSession = (id: string, missionId: string, over: Partial<SessionStatus> = {}): SessionStatus => ({
	id,
	missionId,
	agent: 'claude',
	simulated: false,
	phase: 'busy',
	startedAt: at(-3),
	why: 'stream: Bash npm test',
	turns: 7,
	costUsd: 0.42,
	tokens: 12_345,
	taken: false,
	takesKeys: false,
	...over,
});

const noneQueued: Status['queue'] = {pending: 0, inProgress: 0, blocked: 0, parked: 0, failed: 0, unproven: 0, done: 0};

function counted(missions: readonly MissionStatus[]): Status['queue'] {
	const queue = {...noneQueued};
	for (const {state} of missions) queue[state === 'in-progress' ? 'inProgress' : state]++;
	return queue;
}

/** A pilot that has just been started in an empty workspace, but for what a test says. */
export function aStatus(over: Partial<Status> = {}): Status {
	return {
		v: 1,
		state: 'running',
		pid: 4711,
		version: '0.1.0',
		machine: 'laptop-abc123',
		workspace: '/home/me/work',
		mode: 'autonomous',
		startedAt: at(-60),
		next: {what: 'wait', why: 'nothing is pending in missions.md'},
		sessions: [],
		queue: counted(over.missions ?? []),
		missions: [],
		approvals: [],
		problems: [],
		panes: {detachKey: 'ctrl-]', mouse: true},
		budget: {
			runsToday: 3,
			runsPerDay: 20,
			costTodayUsd: 1.5,
			windows: [],
			tokensToday: {reactive: 1_200_000, proactive: 0},
			warnPercent: 75,
			stopPercent: 90,
		},
		git: {branch: 'main', remote: 'origin', ahead: 2, behind: 0},
		reach: ['telegram: on'],
		memory: [],
		watchers: 1,
		recent: [],
		...over,
	};
}

export const aFact = (seq: number, title: string): PilotEvent => ({
	seq,
	at: at(seq),
	type: 'mission.added',
	data: {missionId: 'm-000001', title, source: 'cli'},
});

/** A night: one of everything. */
export const aNight = (over: Partial<Status> = {}): Status =>
	aStatus({
		missions: [
			aMission('m-run001', {
				title: 'Find the slow query',
				state: 'in-progress',
				why: 'stream: Bash npm test',
				step: 'work',
			}),
			aMission('m-wait01', {title: 'Write the release notes', priority: 2, why: 'next, when a session ends'}),
			aMission('m-wait02', {title: 'Audit the routes', why: '5-hour window is 92 % used', startsAt: at(65)}),
			aMission('m-block1', {title: 'Move to the new API', state: 'blocked', why: 'needs a key that only you have'}),
			aMission('m-unprov', {
				title: 'Make it faster',
				state: 'unproven',
				why: 'expected a change: nothing changed',
			}),
			aMission('m-failed', {title: 'Greet politely', state: 'failed', why: '`grep -q please greet.js`: exit 1'}),
			aMission('m-done01', {
				title: 'Describe the project',
				state: 'done',
				why: 'A map of the modules',
				doneOn: '2026-11-20',
			}),
			aMission('m-done02', {title: 'Ancient history', state: 'done', why: 'long ago', doneOn: '2026-11-01'}),
		],
		sessions: [aSession('s-1', 'm-run001')],
		budget: {
			...aStatus().budget,
			windows: [
				{
					...{kind: 'five_hour', usedPercent: 42, pilotPercent: 12.4, resetsAt: at(125)},
					...{source: 'stream', measuredAt: at(-3)},
				},
				{
					...{kind: 'weekly:opus', usedPercent: 91, pilotPercent: 0, resetsAt: at(3 * 1440)},
					...{source: 'stream', measuredAt: at(-3)},
				},
				{kind: 'credits', source: 'stream', measuredAt: at(-3)},
			],
		},
		memory: [{kind: 'preference', text: 'Short commit messages'}],
		recent: [aFact(1, 'Find the slow query'), aFact(2, 'Write the release notes')],
		...over,
	});
