import path from 'node:path';
import type {TargetConfig} from '../../domain/config.js';
import {branchOf} from '../../domain/mission.js';
import {PilotError} from '../../domain/pilot-error.js';
import type {Run} from '../../domain/state.js';
import {isSharedCheckout, makeCheckout, markOpen, openTarget} from '../../git/index.js';
import {makeFolder} from '../../kernel/make-folder.js';
import {sessionTag} from '../../kernel/process-tree.js';
import {allowedEnvironment, trustedEnvironment} from '../../session/index.js';
import {type Context, type Performer, targetOf} from '../context.js';
import {findTestCommand, runTestsBefore, throwIfStopped} from './tests-before.js';

export const checkoutPath = ({pilotDir}: Pick<Context, 'pilotDir'>, missionId: string) =>
	path.join(pilotDir, 'checkouts', missionId);

/** The environment of commands that pilot runs in a checkout: tagged, so that a sweep finds what they leave behind. */
export const gateEnvironment = ({env, machine}: Pick<Context, 'env' | 'machine'>, missionId: string) => ({
	...allowedEnvironment(env),
	[sessionTag]: `${machine}/gate-${missionId}`,
	CI: '1',
});

async function runSetup(context: Context, config: TargetConfig, cwd: string, missionId: string) {
	const signal = context.stopSignal(missionId);
	const [file, ...args] = config.setup ?? [];
	if (!file) return;
	const result = await context.run(file, args, {
		cwd,
		env: {...trustedEnvironment(context.env), ...gateEnvironment(context, missionId)},
		timeoutMs: 1_800_000,
		keepBytes: 4000,
		signal,
	});
	throwIfStopped(signal, `setup of ${config.name} ran`);
	if (result.exitCode === 0) return;
	throw new PilotError('SETUP_FAILED', {
		what: `setup of ${config.name} failed (${result.startError ?? `exit ${result.exitCode}`}): ${context
			.redact(result.stderr || result.stdout)
			.trim()
			.slice(-300)}`,
		todo: 'Correct targets[].setup in config.yaml, then requeue the mission.',
	});
}

/** A mission without any target works in an empty folder: enough to ask, research or try things out. */
function emptyFolder(context: Context, run: Run) {
	const {missionId, attempt, mission} = run;
	if (mission.target)
		throw new PilotError('TARGET_UNKNOWN', {
			what: `config.yaml has no target ${mission.target}.`,
			todo: 'Add it under targets and start the pilot again, or correct the mission.',
		});
	if (mission.access !== 'read')
		throw new PilotError('TARGET_MISSING', {
			what: 'The mission wants to change a target, and config.yaml has none.',
			todo: 'Add one under targets, stop the pilot and start it again, then requeue the mission.',
		});
	const at = checkoutPath(context, missionId);
	makeFolder(at, 0o700);
	context.store.emit('checkout.made', {
		missionId,
		attempt,
		path: at,
		notes: ['No target: the session works in an empty folder.'],
	});
}

/** A mission that is taken anew starts from the target as it is now; later attempts go on from the earlier ones. */
const isFirstOfClaim = ({tries, resumes, session}: Run) => tries === 1 && resumes === 0 && !session;

/** Makes the checkout that a session works in, with what it needs to be of use, and learns how its tests stood before. */
export const prepare: Performer = async (context, run) => {
	const {missionId, attempt, mission} = run;
	const config = targetOf(context, run);
	if (!config) return emptyFolder(context, run);
	const {isolation} = context.config;
	const target = await openTarget(config, context.workspace, context.guarded, isolation);
	const told = {missionId, attempt, target: target.name, base: target.base, notes: [...target.notes]};
	if (mission.access === 'trusted') {
		context.store.emit('checkout.made', {...told, path: target.root});
		return;
	}
	const branch = mission.access === 'write' ? branchOf(mission) : undefined;
	const at = checkoutPath(context, missionId);
	const keep = !isFirstOfClaim(run);
	const {checkout, fresh, aside} = await makeCheckout(
		{target, config, branch, path: at, keep, isolation},
		context.guarded,
	);
	const isShared = isSharedCheckout(at);
	const notes = [
		...told.notes,
		...(aside ? [`An earlier checkout is kept in ${aside}: what was changed in it last is nowhere else.`] : []),
		...(isShared ? ['The checkout is a git worktree: it shares objects, branches and settings with the target.'] : []),
	];
	if (fresh) await runSetup(context, config, at, missionId);
	const testCommand =
		mission.access === 'write'
			? (config.test ?? (await findTestCommand(context, checkout.shadow, checkout.base)))
			: undefined;
	if (testCommand && fresh)
		await runTestsBefore(context, {
			checkout,
			command: testCommand,
			env: gateEnvironment(context, missionId),
			signal: context.stopSignal(missionId),
		});
	markOpen(at);
	context.store.emit('checkout.made', {
		...told,
		base: checkout.base,
		notes,
		path: at,
		...(isShared ? {isolation: 'worktree' as const} : {}),
		...(branch ? {branch} : {}),
		...(testCommand ? {testCommand} : {}),
	});
};
