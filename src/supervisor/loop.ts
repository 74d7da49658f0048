import {type Action, type Decision, decide, type Situation} from '../domain/decide/index.js';
import {gauges, isScarce} from '../kernel/headroom.js';
import {doAboutApproval} from './approvals.js';
import type {Context} from './context.js';
import {createStepRunner} from './steps.js';
import {createStorageGate} from './storage-gate.js';
import {claimMission, exploreTargets} from './take.js';
import {createUpkeep, type Upkeep} from './upkeep.js';

export interface Loop {
	/** From here on it acts. Before, recovery sees to what the last pilot left. */
	open(): void;
	/** Looks at the situation and does what is to be done; harmless at any time. */
	tick(): void;
	/** The same when whoever asks for it is through, once however often it was asked for. */
	tickSoon(): void;
	readonly decision: Decision;
	/** Resolves with the reason when there is nothing more to do, or it was told to stop; rejects with WORKSPACE_LOST, WORKSPACE_GONE, or a fault of the program's. */
	readonly ended: Promise<string>;
	close(): void;
}

const longestWaitMs = 30_000;
const mostRounds = 50;

function scarcity(): {scarce?: string} {
	const gauge = gauges().find(isScarce);
	return gauge ? {scarce: `${gauge.used} of ${gauge.limit} ${gauge.what} are in use, and one in five stays free`} : {};
}

function situationOf(
	{store, queueFile, config, clock, git, agent, untilIdle, machines}: Context,
	{busy, last, syncedMs}: Upkeep,
): Situation {
	return {
		state: store.state,
		queue: queueFile.queue,
		config,
		nowMs: clock.now(),
		untilIdle,
		queueRead: queueFile.read,
		busy,
		last,
		hasRemote: git?.remote !== undefined,
		others: machines.others,
		...scarcity(),
		syncedMs: syncedMs(),
		canReadUsage: agent.name === 'claude' && config.claude.auth === 'subscription',
	};
}

/** When to look again without being asked: the next time that anything waits for, half a minute at the latest. */
function wakeAtMs({store, clock}: Context, {next, soonestAt}: Decision): number {
	const known = [...store.state.approvals.map(({deadline}) => deadline), next.at, store.state.parked?.until, soonestAt];
	const times = known.filter(at => at !== undefined).map(at => Date.parse(at));
	return Math.max(clock.now() + 50, Math.min(clock.now() + longestWaitMs, ...times));
}

/** Does it when whoever asks for it is through, once however often it was asked for. */
function onceSoon(work: () => void): () => void {
	let isDue = false;
	const perform = () => {
		isDue = false;
		work();
	};
	return () => {
		if (!isDue) queueMicrotask(perform);
		isDue = true;
	};
}

/** The heart: situation → decision → actions → facts → situation. It keeps nothing that the facts do not tell, but what is under way. */
export function createLoop(context: Context): Loop {
	const {store, clock, log} = context;
	const {promise: ended, resolve: end, reject: fail} = Promise.withResolvers<string>();
	const storage = createStorageGate(context, fail);
	const upkeep = createUpkeep(context, storage, tick);
	const steps = createStepRunner(context, storage, tick);
	let decision: Decision = {actions: [], waits: {}, next: {what: 'start', why: 'starting'}};
	let isOpen = false;
	let isTicking = false;
	let unwake = () => {};
	const perform = (action: Action) => {
		if (action.do === 'claim') claimMission(context, action.missionId);
		if (action.do === 'step')
			steps.run(action.missionId, action.attempt, action.step).catch(error => storage.failed(error, tick));
		if (action.do === 'sync') upkeep.sync();
		if (action.do === 'read-usage') upkeep.readUsage();
		if (action.do === 'ask' || action.do === 'settle') doAboutApproval(context, action);
		if (action.do === 'unpark') store.emit('account.unparked', {why: action.why});
		if (action.do === 'end') void steps.settled().then(() => end(action.why));
		if (action.do === 'explore') exploreTargets(context, upkeep.explored);
	};
	const round = () => {
		for (let rounds = 0; rounds < mostRounds; rounds++) {
			decision = decide(situationOf(context, upkeep));
			for (const action of decision.actions) perform(action);
			if (decision.actions.length === 0 || decision.actions.some(action => action.do === 'end')) return;
		}
		log.error('the same actions come up again and again', {actions: decision.actions});
	};
	function tick() {
		if (isTicking || !isOpen || storage.isClosed) return;
		isTicking = true;
		try {
			store.check();
			round();
		} catch (error) {
			storage.failed(error, tick);
		} finally {
			isTicking = false;
		}
		unwake();
		unwake = clock.at(wakeAtMs(context, decision), tick);
	}
	return {
		open() {
			isOpen = true;
			tick();
		},
		tick,
		tickSoon: onceSoon(tick),
		get decision() {
			return decision;
		},
		ended,
		close() {
			isOpen = false;
			unwake();
		},
	};
}
