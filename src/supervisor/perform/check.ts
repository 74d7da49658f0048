import path from 'node:path';
import {limitOf} from '../../domain/config.js';
import {PilotError} from '../../domain/pilot-error.js';
import type {Run} from '../../domain/state.js';
import {writePrivately} from '../../kernel/files.js';
import {sweep} from '../../kernel/process-tree.js';
import {gatherReceipts} from '../../proof/index.js';
import type {Performer} from '../context.js';
import {putBaseDefinition, putSessionsBack} from './base-definition.js';
import {mustBeThere} from './must-be-there.js';
import {gateEnvironment} from './prepare.js';
import {runDirOf} from './run-dir.js';
import {readTestsBefore} from './tests-before.js';

const longestGateMs = 86_400_000;

/** Only what claims to be done is worth checking: a session that failed or was stopped has nothing to prove. */
const claimsDone = (run: Run) =>
	!run.stopAsked && !run.blockedReason && (run.ended?.outcome === 'completed' || run.report !== undefined);

/** Runs the acceptance commands and the target's tests, and keeps what they said. */
export const check: Performer = async (context, run) => {
	const {missionId, attempt, mission, checkout} = run;
	const {store, config, machine, clock} = context;
	const input = {
		access: mission.access,
		criteria: claimsDone(run) ? mission.criteria : [],
		cwd: checkout?.path ?? context.pilotDir,
		env: gateEnvironment(context, missionId),
		gateMs: Math.min(limitOf(config.limits.gateMinutes) * 60_000, longestGateMs),
		testCommand: claimsDone(run) ? checkout?.testCommand : undefined,
		testsBefore:
			checkout?.base && checkout.testCommand
				? readTestsBefore(context, checkout.base, checkout.testCommand)
				: undefined,
		hasReport: run.report !== undefined || (run.ended?.lastWords ?? '') !== '',
		collected: run.collected && plain(run.collected),
		signal: context.stopSignal(missionId),
	};
	const hasGates = mission.criteria.some(criterion => criterion.command) || input.testCommand !== undefined;
	if (hasGates) mustBeThere(run);
	const redefined = hasGates ? await putBaseDefinition(context, run) : [];
	const receipts = await gatherReceipts(input, {run: context.run, redact: context.redact}).finally(() =>
		putSessionsBack(context, run),
	);
	if (hasGates) await sweep(`${machine}/gate-${missionId}`, clock);
	if (input.signal.aborted)
		throw new PilotError('STOPPED', {what: 'stopped while its receipts were gathered', todo: ''});
	const gathered = {
		missionId,
		attempt,
		title: mission.title,
		base: checkout?.base,
		isolation: checkout?.isolation,
		branch: run.collected?.branch,
		head: run.collected?.head,
		diffstat: run.collected?.diffstat,
		flags: [
			...(run.collected?.flags ?? []),
			...redefined.map(name => `${name}: commands ran as the base commit defines them, not as the session left them`),
		],
		receipts,
	};
	writePrivately(path.join(runDirOf(context, run), 'receipts.json'), `${JSON.stringify(gathered, null, '\t')}\n`);
	store.emit('receipts.recorded', {missionId, attempt, receipts});
};

function plain({changed, commits, flags, diffstat, diffPath}: NonNullable<Run['collected']>) {
	return {changed, commits, flags, ...(diffstat ? {diffstat} : {}), ...(diffPath ? {diffPath} : {})};
}
