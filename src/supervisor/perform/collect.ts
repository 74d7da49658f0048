import path from 'node:path';
import type {Run} from '../../domain/state.js';
import {
	type Checkout,
	type Collected,
	changesOfTarget,
	collectBranch,
	compareUnchanged,
	markCollected,
	shadowOf,
} from '../../git/index.js';
import {type Context, type Performer, targetOf} from '../context.js';
import {mustBeThere} from './must-be-there.js';
import {runDirOf} from './run-dir.js';

const nothing = {changed: false, commits: 0, flags: []};

function checkoutOf(run: Run): Checkout | undefined {
	const {path: at, base, branch} = run.checkout ?? {};
	return at && base ? {path: at, base, branch, shadow: shadowOf(at)} : undefined;
}

/** What a trusted session did in place: told, and left where it is. */
async function lookInPlace({guarded}: Context, checkout: Checkout) {
	const call = {cwd: checkout.path};
	const [head, status] = await Promise.all([
		guarded(['rev-parse', 'HEAD'], call),
		guarded(['status', '--porcelain', '--untracked-files=all'], call),
	]);
	const [commits, stat] = await Promise.all([
		guarded(['rev-list', '--count', `${checkout.base}..${head}`], call),
		guarded(['diff', '--no-ext-diff', '--no-textconv', '--numstat', checkout.base, '--'], call),
	]);
	const rows = stat
		.split('\n')
		.filter(Boolean)
		.map(line => line.split('\t').map(Number));
	const sum = (column: 0 | 1) => rows.reduce((total, row) => total + (row[column] || 0), 0);
	const untracked = status.split('\n').filter(line => line.startsWith('??')).length;
	return {
		changed: head !== checkout.base || status !== '',
		commits: Number(commits),
		head,
		diffstat: {files: rows.length + untracked, added: sum(0), removed: sum(1)},
		flags: ['worked in place'],
	};
}

/** Looks at what the session left behind: nothing may have changed, or its work becomes a branch of the target. */
export const collect: Performer = async (context, run) => {
	const {store, guarded, workspace, redact} = context;
	const {missionId, attempt, mission} = run;
	const checkout = checkoutOf(run);
	if (!checkout) {
		store.emit('work.collected', {missionId, attempt, ...nothing});
		return;
	}
	mustBeThere(run);
	const diffPath = path.join(runDirOf(context, run), 'changes.diff');
	const heads = path.join(context.pilotDir, 'heads');
	// Before pilot itself puts a branch there.
	const shared = mission.access === 'trusted' ? [] : await changesOfTarget(checkout.path, heads, guarded);
	const tell = (collected: Collected) =>
		store.emit('work.collected', {missionId, attempt, ...collected, flags: [...collected.flags, ...shared]});
	if (mission.access === 'read') {
		const compared = await compareUnchanged({checkout, diffPath, redact}, guarded);
		markCollected(checkout.path);
		tell(compared);
		return;
	}
	if (mission.access === 'trusted') {
		store.emit('work.collected', {missionId, attempt, ...(await lookInPlace(context, checkout))});
		return;
	}
	const config = targetOf(context, run);
	const targetRoot = path.resolve(workspace, config?.path ?? '.');
	const message = `${mission.title}\n\nLeft uncommitted by the session; committed by pilot-tui for ^${missionId}.`;
	const headsFile = path.join(heads, missionId);
	const collected = await collectBranch({checkout, targetRoot, diffPath, message, headsFile, redact}, guarded);
	if (!collected.keep) markCollected(checkout.path);
	tell(collected);
};
