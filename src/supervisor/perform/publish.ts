import {existsSync} from 'node:fs';
import path from 'node:path';
import {markLeft, removeCheckout} from '../../git/index.js';
import type {Context, Performer} from '../context.js';
import {tellSync} from '../upkeep.js';
import {checkoutPath} from './prepare.js';

/** Paths of the workspace that tell of missions, as far as they are there. */
const told = ({workspace, stateFile}: Pick<Context, 'workspace' | 'stateFile'>) =>
	['missions.md', 'journal', 'memory', path.relative(workspace, stateFile)].filter(name =>
		existsSync(path.join(workspace, name)),
	);

/** Commits and pushes what was recorded, and clears the checkout away when nothing in it is needed any more. */
export const publish: Performer = async (context, run) => {
	const {store, git} = context;
	const {missionId, attempt, mission, conclusion} = run;
	await store.save();
	const commit = await git?.commit(told(context), `${conclusion?.state ?? 'end'}: ${mission.title} ^${missionId}`);
	const sync = git?.remote ? await git.push() : undefined;
	if (sync) tellSync(context, sync);
	const isOver = conclusion?.state === 'done' && mission.access !== 'trusted' && !run.collected?.keep;
	if (isOver) await removeCheckout(checkoutPath(context, missionId));
	else if (!run.collected?.keep) markLeft(checkoutPath(context, missionId));
	const why = sync?.kind === 'offline' || sync?.kind === 'held' ? sync.why : undefined;
	store.emit('mission.published', {
		missionId,
		attempt,
		pushed: sync?.kind === 'synced' && sync.pushed,
		...(commit ? {commit} : {}),
		...(why ? {why} : {}),
	});
};
