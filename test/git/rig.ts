import path from 'node:path';
import {onTestFinished} from 'vitest';
import {Config, type TargetConfig} from '../../src/domain/config.js';
import {collectBranch, createGuardedGit, makeCheckout, openTarget} from '../../src/git/index.js';
import {createRedactor} from '../../src/kernel/redact.js';
import {run} from '../../src/kernel/spawn.js';
import {git, makeRepository, scratch, smallProject, writeTree} from '../support/workspace.js';

export const secret = 'hunter2-hunter2';

export const redact = createRedactor([secret]);

export const guarded = createGuardedGit(run, process.env.PATH);

export const targetConfig = (given: object): TargetConfig => {
	const [target] = Config.parse({targets: [{name: 'app', path: '../app', ...given}]}).targets;
	if (!target) throw new Error('no target');
	return target;
};

/** A folder with a target and a workspace beside it, which goes with the test. */
export function makeYard(files: Readonly<Record<string, string>> = smallProject) {
	const folder = scratch();
	onTestFinished(() => folder[Symbol.dispose]());
	const target = makeRepository(path.join(folder.dir, 'app'), files);
	const workspace = makeRepository(path.join(folder.dir, 'missions'), {'missions.md': '## Pending\n'});
	return {dir: folder.dir, target, workspace};
}

/** A checkout of the yard's target as a session gets it. */
export async function checkOut(
	yard: ReturnType<typeof makeYard>,
	branch: string | undefined,
	more: object = {},
	keep = true,
	isolation: Config['isolation'] = 'clone',
) {
	const config = targetConfig(more);
	const target = await openTarget(config, yard.workspace, guarded, isolation);
	const at = path.join(yard.workspace, '.pilot', 'checkouts', 'm-abcdef');
	return (await makeCheckout({target, config, branch, path: at, keep, isolation}, guarded)).checkout;
}

export const branch = 'pilot/m-abcdef-x';

/** A write session's checkout, and what collects it. */
export async function write(yard = makeYard(), isolation: Config['isolation'] = 'clone') {
	const checkout = await checkOut(yard, branch, {}, true, isolation);
	const diffPath = path.join(yard.dir, 'changes.diff');
	const headsFile = path.join(yard.dir, 'heads');
	const collect = () =>
		collectBranch({checkout, targetRoot: yard.target, diffPath, message: 'Left over', headsFile, redact}, guarded);
	return {yard, checkout, diffPath, collect, at: checkout.path};
}

export const commitIn = (at: string, files: Readonly<Record<string, string>>, message: string) => {
	writeTree(at, files);
	git(at, 'add', '-A');
	git(at, 'commit', '-q', '-m', message);
};
