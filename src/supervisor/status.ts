import {limitOf} from '../domain/config.js';
import {dayOf, daysOn} from '../domain/days.js';
import type {Decision} from '../domain/decide/index.js';
import {estimatesOf} from '../domain/estimate.js';
import type {Step} from '../domain/event.js';
import type {MissionState, QueueItem} from '../domain/mission.js';
import {withPilotPercent} from '../domain/quota-use.js';
import type {PilotState} from '../domain/state.js';
import type {MissionStatus, Status} from '../domain/status.js';
import type {Context} from './context.js';
import {memoryLines} from './notes-files.js';

const doneShown = 200;

export interface Around {
	readonly context: Context;
	readonly decision: Decision;
	readonly counts: {readonly ahead: number; readonly behind: number};
	readonly reach: readonly string[];
	readonly watchers: number;
}

/** What is done with a mission beside its session. */
const stepWords: Readonly<Record<Step, string>> = {
	claim: 'it is being claimed',
	prepare: 'its checkout is being made',
	work: 'at work',
	collect: 'its work is being collected',
	check: 'its receipts are being gathered',
	conclude: 'it is being judged',
	record: 'its end is being written down',
	publish: 'its end is being pushed',
};

function whyOf(item: QueueItem, {context: {store, live}, decision}: Around): string {
	const {id} = item.mission;
	const run = store.state.runs[id];
	if (run)
		return run.step === 'work'
			? (live.byMission(id)?.session?.why ?? decision.waits[id]?.why ?? store.state.parked?.why ?? 'about to start')
			: stepWords[run.step];
	if (item.state === 'pending') return decision.waits[id]?.why ?? 'about to start';
	const outcome = store.state.outcomes[id];
	if (outcome) return outcome.state === 'done' ? outcome.summary : outcome.why;
	return item.state === 'in-progress' ? 'in progress on another machine' : `${item.state} in missions.md`;
}

function missionStatus(item: QueueItem, around: Around): MissionStatus {
	const {context, decision} = around;
	const {mission} = item;
	const run = context.store.state.runs[mission.id];
	const startsAt = decision.waits[mission.id]?.at;
	const endedAt = run ? undefined : context.store.state.outcomes[mission.id]?.at;
	return {
		id: mission.id,
		title: mission.title,
		state: run && item.state === 'pending' ? 'in-progress' : item.state,
		priority: mission.priority,
		access: mission.access,
		source: mission.source,
		why: whyOf(item, around),
		line: item.line,
		...(mission.target ? {target: mission.target} : {}),
		...(mission.template ? {template: mission.template} : {}),
		...(startsAt ? {startsAt} : {}),
		...(run ? {step: run.step} : {}),
		...(endedAt ? {endedAt} : {}),
		...(item.doneOn ? {doneOn: item.doneOn} : {}),
	};
}

const rank: Readonly<Record<MissionState, number>> = {
	'in-progress': 0,
	pending: 1,
	blocked: 2,
	unproven: 3,
	failed: 4,
	parked: 5,
	done: 6,
};

function ordered(around: Around): MissionStatus[] {
	const {queueFile, store} = around.context;
	const skipped = (id: string) => store.state.skipped[id] ?? 0;
	const missions = queueFile.queue.items.map(item => missionStatus(item, around));
	const byTurn = (a: MissionStatus, b: MissionStatus) =>
		a.priority - b.priority || skipped(a.id) - skipped(b.id) || a.line - b.line;
	const endedAt = (mission: MissionStatus) => store.state.outcomes[mission.id]?.at ?? mission.doneOn ?? '';
	const byEnd = (a: MissionStatus, b: MissionStatus) => endedAt(b).localeCompare(endedAt(a)) || a.line - b.line;
	const open = missions
		.filter(mission => mission.state !== 'done')
		.sort((a, b) => rank[a.state] - rank[b.state] || byTurn(a, b));
	return [
		...open,
		...missions
			.filter(mission => mission.state === 'done')
			.sort(byEnd)
			.slice(0, doneShown),
	];
}

function queueCounts(items: readonly QueueItem[]): Status['queue'] {
	const count = (state: MissionState) => items.filter(item => item.state === state).length;
	return {
		pending: count('pending'),
		inProgress: count('in-progress'),
		blocked: count('blocked'),
		parked: count('parked'),
		failed: count('failed'),
		unproven: count('unproven'),
		done: count('done'),
	};
}

function stateWord({store}: Context): Status['state'] {
	const {stopping, paused, parked} = store.state;
	if (stopping) return 'stopping';
	if (paused) return 'paused';
	return parked ? 'parked' : 'running';
}

const dayMs = 86_400_000;

/** Each of the last seven UTC days, those without anything too. */
function weekOf({ledger, pastDays}: PilotState, nowMs: number): NonNullable<Status['budget']['week']> {
	const counted = new Map([...pastDays, ledger].map(one => [one.day, one]));
	return Array.from({length: 7}, (_, at) => {
		const day = dayOf(nowMs - (6 - at) * dayMs);
		const {runs = 0, reactive = 0, proactive = 0} = counted.get(day) ?? {};
		return {day, runs, tokens: reactive + proactive};
	});
}

function budgetOf({store, config, clock}: Context): Status['budget'] {
	const {ledger: today} = daysOn(store.state, dayOf(clock.now()));
	const runsPerDay = limitOf(config.limits.runsPerDay);
	return {
		runsToday: today.runs,
		runsPerDay: Number.isFinite(runsPerDay) ? runsPerDay : null,
		costTodayUsd: today.costUsd,
		windows: withPilotPercent(store.state),
		tokensToday: {reactive: today.reactive, proactive: today.proactive},
		warnPercent: config.budget.warnPercent,
		stopPercent: config.budget.stopPercent,
		week: weekOf(store.state, clock.now()),
	};
}

function machinesOf({machines}: Context): NonNullable<Status['machines']> {
	return machines.others.map(({machine, seenMs, runs}) => ({
		name: machine,
		...(seenMs === undefined ? {} : {seenAt: new Date(seenMs).toISOString()}),
		missions: Object.keys(runs),
	}));
}

/** The whole state in the words of the outside: what every screen is drawn from and `status --json` prints. */
export function statusOf(around: Around): Status {
	const {context, decision, counts, reach, watchers} = around;
	const {store, config, git, queueFile} = context;
	const estimates = estimatesOf(store.state.samples);
	const trouble =
		store.state.syncHeld?.why ?? (store.state.offline ? `offline: ${store.state.offline.why}` : undefined);
	return {
		v: 1,
		state: stateWord(context),
		pid: process.pid,
		version: context.version,
		machine: context.machine,
		workspace: context.workspace,
		mode: config.mode,
		startedAt: context.startedAt,
		next: decision.next,
		sessions: context.live.statuses(),
		queue: queueCounts(queueFile.queue.items),
		missions: ordered(around),
		approvals: store.state.approvals,
		problems: [
			...(store.state.storageFull === undefined ? [] : [store.state.storageFull]),
			...[context.configWatch.note()].filter(note => note !== undefined),
			...queueFile.queue.problems.map(problem => `missions.md:${problem.line}: ${problem.what}`),
		],
		budget: budgetOf(context),
		...(estimates ? {estimates} : {}),
		git: {
			branch: git?.branch ?? '',
			remote: git?.remote ?? null,
			...counts,
			...(store.state.lastSyncAt ? {lastSyncAt: store.state.lastSyncAt} : {}),
			...(trouble ? {trouble} : {}),
		},
		reach,
		memory: memoryLines(context),
		look: {theme: config.theme, ascii: config.ascii, motion: config.motion, ...config.terminal},
		panes: {detachKey: config.panes.detachKey, mouse: config.panes.mouse},
		...(Object.keys(config.keys).length > 0 ? {keys: config.keys} : {}),
		watchers,
		...(context.machines.others.length > 0 ? {machines: machinesOf(context)} : {}),
		lag: context.lag(),
		recent: store.recent(50),
	};
}
