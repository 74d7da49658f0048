import {estimateOf} from '../domain/estimate.js';
import type {Context} from './context.js';

/** Attempts so far, also those of a machine that left the mission: each has its own number in the journal. */
const attemptsOf = ({store, machines}: Pick<Context, 'store' | 'machines'>, missionId: string) =>
	Math.max(store.state.attempts[missionId] ?? 0, ...machines.others.map(({runs}) => runs[missionId] ?? 0));

/** The intent to work on a mission: from here on it is this machine's, and survives whatever happens. */
export function claimMission(context: Context, missionId: string) {
	const {store, queueFile} = context;
	const item = queueFile.queue.items.find(candidate => candidate.mission.id === missionId);
	if (!item) return;
	const {mission} = item;
	const scope = mission.source === 'exploration' ? 'proactive' : 'reactive';
	const attempt = attemptsOf(context, missionId) + 1;
	const estimate = estimateOf(store.state.samples, mission);
	store.emit('mission.claimed', {missionId, attempt, tries: 1, mission, scope, ...(estimate ? {estimate} : {})});
}

/** Puts an exploration of the next target into the queue; it is read-only, and what it finds worth doing it can only propose. */
export function exploreTargets({store, queueFile, config, randomId, clock}: Context, begun: () => void) {
	begun();
	const turn = Math.floor(clock.now() / 60_000) % config.targets.length;
	const target = config.targets[turn];
	if (!target) return;
	const id = randomId('m');
	const title = `Explore ${target.name}`;
	queueFile.edit([
		{
			op: 'append',
			mission: {
				id,
				title,
				template: 'explore',
				target: target.name,
				priority: 4,
				access: 'read',
				source: 'exploration',
			},
		},
	]);
	store.emit('mission.added', {missionId: id, title, source: 'exploration'});
}
