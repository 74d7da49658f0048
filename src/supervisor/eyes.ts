import {localTime} from '../notes/index.js';
import type {Context} from './context.js';
import {createUsageFile} from './quota.js';
import {reviewMarks} from './remark.js';

/** Looks at what humans change beside the facts: missions.md and usage.md. */
export function createEyes(context: Context, changed: () => void) {
	const {queueFile, store, clock, config} = context;
	const usageFile = createUsageFile(context);
	const startedMs = Date.parse(context.startedAt);
	const dayOf = (ms: number) => localTime(ms, config.timezone).day;
	let lastProblems = '';
	return () => {
		if (queueFile.refresh()) changed();
		const {lost, requeued} = reviewMarks(queueFile.queue.items, store.state, {nowMs: clock.now(), startedMs, dayOf});
		if (lost.length > 0) queueFile.edit(lost);
		for (const missionId of requeued) store.emit('mission.requeued', {missionId, by: 'missions.md'});
		const problems = queueFile.queue.problems.map(problem => `line ${problem.line}: ${problem.what}`);
		if (problems.join() !== lastProblems) store.emit('queue.edited', {problems});
		lastProblems = problems.join();
		usageFile.look();
	};
}
