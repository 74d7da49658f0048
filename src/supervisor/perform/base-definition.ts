import {lstatSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Run} from '../../domain/state.js';
import {shadowOf} from '../../git/index.js';
import {writePrivately} from '../../kernel/files.js';
import {readPlain} from '../../kernel/safe-read.js';
import type {Context} from '../context.js';
import {runDirOf} from './run-dir.js';

/** Files that say what `npm test`, `make test` and their like do. */
const defining = ['package.json', 'Makefile'] as const;

interface Manifest {
	readonly scripts?: Readonly<Record<string, string>>;
}

const manifestOf = (text: string): Manifest | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Manifest) : undefined;
	} catch {
		return;
	}
};

/** True for `pretest` and `posttest` where the base has `test` and not them: npm would run them with it. */
const isHanger = (name: string, base: Readonly<Record<string, string>>) =>
	['pre', 'post'].some(hook => name.startsWith(hook) && name.slice(hook.length) in base) && !(name in base);

/** The file as gates are to find it; undefined when the session's own will do. */
function asDefined(name: (typeof defining)[number], base: string, now: string): string | undefined {
	if (base === now) return;
	if (name === 'Makefile') return base;
	const [was, is] = [manifestOf(base), manifestOf(now)];
	if (!is) return base;
	const scripts = was?.scripts ?? {};
	const kept = Object.entries(is.scripts ?? {}).filter(([script]) => !isHanger(script, scripts));
	const wanted = {...Object.fromEntries(kept), ...scripts};
	const isSame =
		JSON.stringify(Object.entries(wanted).sort()) === JSON.stringify(Object.entries(is.scripts ?? {}).sort());
	return isSame ? undefined : JSON.stringify({...is, scripts: wanted}, undefined, 2);
}

/** Where the session's own file waits meanwhile. */
const asideOf = (context: Pick<Context, 'pilotDir'>, run: Run, name: string) =>
	path.join(runDirOf(context, run), `${name}.session`);

/** Stands for a file that the session had taken away. */
const goneOf = (context: Pick<Context, 'pilotDir'>, run: Run, name: string) =>
	path.join(runDirOf(context, run), `${name}.gone`);

const isThere = (file: string) => lstatSync(file, {throwIfNoEntry: false}) !== undefined;

/** Gives the checkout back what was put aside, and takes away what was not there, also when a killed pilot has left it so. */
export function putSessionsBack(context: Pick<Context, 'pilotDir'>, run: Run) {
	if (!run.checkout) return;
	for (const name of defining) {
		const file = path.join(run.checkout.path, name);
		const [aside, gone] = [asideOf(context, run, name), goneOf(context, run, name)];
		if (!isThere(aside) && !isThere(gone)) continue;
		rmSync(file, {force: true, recursive: true});
		if (isThere(aside)) renameSync(aside, file);
		rmSync(gone, {force: true});
	}
}

/** A file of the session, never through a link that it may have put there; '' for what is no file. */
const textOf = (file: string) => readPlain(file)?.toString('utf8') ?? '';

/**
 * Puts the scripts and rules that the base commit defines into the checkout, so that no session decides what its gates run. New scripts
 * stay. What it replaces waits in the run's folder for `putSessionsBack`.
 *
 * @returns Names of the files that the session had changed in this regard.
 */
export async function putBaseDefinition(
	{guarded, ...context}: Pick<Context, 'guarded' | 'pilotDir'>,
	run: Run,
): Promise<string[]> {
	const {checkout} = run;
	if (!checkout?.base) return [];
	putSessionsBack(context, run);
	const call = {cwd: path.dirname(checkout.path)};
	const changed: string[] = [];
	for (const name of defining) {
		const file = path.join(checkout.path, name);
		const blob = ['--git-dir', shadowOf(checkout.path), 'cat-file', 'blob', `${checkout.base}:${name}`];
		const base = await guarded.try(blob, call);
		const wanted = base.exitCode === 0 ? asDefined(name, base.stdout, textOf(file)) : undefined;
		if (wanted === undefined) continue;
		if (isThere(file)) renameSync(file, asideOf(context, run, name));
		else writePrivately(goneOf(context, run, name), '');
		writeFileSync(file, wanted, {flag: 'wx'});
		changed.push(name);
	}
	return changed;
}
