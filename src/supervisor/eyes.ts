import {missionFault} from '../domain/decide/index.js';
import type {Queue} from '../domain/mission.js';
import {PilotError} from '../domain/pilot-error.js';
import {localTime} from '../notes/index.js';
import type {Context} from './context.js';
import {createUsageFile} from './quota.js';
import {reviewMarks} from './remark.js';

/** Marks set again in one write: more take longer than the time between two saves of a busy editor, and would never get in. */
const atOnce = 5;
/** What is not set again by then comes at the next look: everything else waits meanwhile. */
const longestMs = 200;

/** What is wrong in missions.md, and what of it can never run, each with its line. */
function createFaults({queueFile, store, config}: Context): () => readonly string[] {
	let seen: Queue | undefined;
	let faults: readonly string[] = [];
	return () => {
		const {queue} = queueFile;
		if (queue === seen) return faults;
		seen = queue;
		faults = [
			...queue.problems.map(problem => `line ${problem.line}: ${problem.what}`),
			...queue.items
				.filter(({state}) => state === 'pending')
				.flatMap(item => {
					const fault = missionFault({state: store.state, queue, config}, item);
					return fault === undefined ? [] : [`line ${item.line}: ${fault}`];
				}),
		];
		return faults;
	};
}

/** Tells once what keeps one of the files from being read, and again when it comes back after it was gone; the others are looked at all the same. */
function createPatience({store, log}: Context) {
	const told = new Map<string, string>();
	return (name: string, look: () => void) => {
		try {
			look();
			told.delete(name);
		} catch (error) {
			if (!(error instanceof PilotError) || error.code !== 'FILE_UNUSABLE') throw error;
			if (told.get(name) === error.message) return;
			told.set(name, error.message);
			log.warn(`${name}: ${error.message}`);
			store.emit('pilot.warned', {what: error.message, todo: error.todo});
		}
	};
}

/** Looks at what humans change beside the facts: missions.md, usage.md and config.yaml. */
export function createEyes(context: Context, changed: () => void) {
	const {queueFile, store, clock, config} = context;
	const usageFile = createUsageFile(context);
	const faults = createFaults(context);
	const writtenMs = new Map<string, number>();
	store.onFact(({type, data}) => {
		if (type === 'mission.recorded') writtenMs.set(data.missionId, clock.now());
	});
	const dayOf = (ms: number) => localTime(ms, config.timezone).day;
	let lastProblems = '';
	const patiently = createPatience(context);
	const lookAtQueue = () => {
		if (queueFile.refresh()) changed();
		const {lost, requeued} = reviewMarks(queueFile.queue.items, store.state, {nowMs: clock.now(), writtenMs, dayOf});
		for (const id of lost.keys()) writtenMs.set(id, clock.now());
		const edits = [...lost.values()];
		const untilMs = clock.now() + longestMs;
		for (let from = 0; from < edits.length && clock.now() < untilMs; from += atOnce)
			queueFile.edit(edits.slice(from, from + atOnce));
		for (const missionId of requeued) store.emit('mission.requeued', {missionId, by: 'missions.md'});
		const problems = [...faults()];
		if (problems.join() !== lastProblems) store.emit('queue.edited', {problems});
		lastProblems = problems.join();
	};
	return () => {
		patiently('missions.md', lookAtQueue);
		patiently('usage.md', usageFile.look);
		context.configWatch.look();
	};
}
