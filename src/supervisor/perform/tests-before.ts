import {createHash} from 'node:crypto';
import path from 'node:path';
import {PilotError} from '../../domain/pilot-error.js';
import {type Checkout, putBack} from '../../git/index.js';
import {readIfThere, writeDurably} from '../../kernel/files.js';
import {detectTests, runSuite, type SuiteRun} from '../../proof/index.js';
import type {Context} from '../context.js';

/** Files that tell how a project is tested. */
const telling = [
	'package.json',
	'pnpm-lock.yaml',
	'yarn.lock',
	'Cargo.toml',
	'go.mod',
	'pytest.ini',
	'pyproject.toml',
	'conftest.py',
	'Makefile',
];

/** The test command as the base commit defines it, whatever a session changes later. */
export async function findTestCommand({guarded}: Context, shadow: string, base: string): Promise<string | undefined> {
	const call = {cwd: path.dirname(shadow)};
	const names = (await guarded(['--git-dir', shadow, 'ls-tree', '--name-only', '-z', base], call)).split('\0');
	const contents = new Map<string, string>();
	for (const name of telling.filter(candidate => names.includes(candidate))) {
		contents.set(name, await guarded(['--git-dir', shadow, 'cat-file', 'blob', `${base}:${name}`], call));
	}
	return detectTests(name => contents.get(name));
}

const cacheFile = ({pilotDir}: Pick<Context, 'pilotDir'>, base: string, command: string) =>
	path.join(
		pilotDir,
		'baselines',
		`${createHash('sha256').update(`${base} ${command}`).digest('hex').slice(0, 24)}.json`,
	);

export function readTestsBefore(
	context: Pick<Context, 'pilotDir'>,
	base: string,
	command: string,
): SuiteRun | undefined {
	const bytes = readIfThere(cacheFile(context, base, command));
	try {
		return bytes ? (JSON.parse(bytes.toString('utf8')) as SuiteRun) : undefined;
	} catch {
		return; // damaged: the suite is run again
	}
}

export interface BeforeRequest {
	readonly checkout: Checkout;
	readonly command: string;
	readonly env: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
}

type Needs = Pick<Context, 'pilotDir' | 'config' | 'run' | 'redact' | 'guarded'>;

/**
 * Runs the suite once per base commit, in a fresh checkout before any agent saw it, and puts the checkout back as it was.
 *
 * @throws {PilotError} STOPPED
 */
export async function runTestsBefore(context: Needs, {checkout, command, env, signal}: BeforeRequest) {
	const {path: cwd, base} = checkout;
	if (readTestsBefore(context, base, command)) return;
	const gateMs = context.config.limits.gateMinutes === 'none' ? 86_400_000 : context.config.limits.gateMinutes * 60_000;
	const result = await runSuite(command, {cwd, env, gateMs, signal}, context);
	throwIfStopped(signal, 'the tests ran as they stood before');
	writeDurably(cacheFile(context, base, command), JSON.stringify(result), {mode: 0o600});
	await putBack(checkout, context.guarded);
}

/** What an aborted program said is no result. */
export function throwIfStopped(signal: AbortSignal, during: string) {
	if (signal.aborted) throw new PilotError('STOPPED', {what: `stopped while ${during}`, todo: ''});
}
