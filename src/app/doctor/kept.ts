import {existsSync, lstatSync, readdirSync} from 'node:fs';
import {lstat, readdir} from 'node:fs/promises';
import path from 'node:path';
import {countOf} from '../../domain/count-of.js';
import {type Finding, warning} from './finding.js';

const mostNamed = 20;
/** Of one checkout; what is beyond is not counted, so that the doctor answers. */
const mostEntries = 100_000;

interface Weight {
	readonly bytes: number;
	/** When a file of it was changed last, ms since epoch. */
	readonly changedMs: number;
	readonly isWhole: boolean;
}

/** Looks through a folder and follows no link; what cannot be read is passed over. */
async function weigh(folder: string): Promise<Weight> {
	let [bytes, changedMs, entries] = [0, 0, 0];
	const pending = [folder];
	for (let at = pending.pop(); at !== undefined && entries < mostEntries; at = pending.pop()) {
		for (const entry of await readdir(at, {withFileTypes: true}).catch(() => [])) {
			entries++;
			const below = path.join(at, entry.name);
			if (entry.isDirectory()) pending.push(below);
			const stat = await lstat(below).catch(() => undefined);
			bytes += (stat?.blocks ?? 0) * 512;
			// Folders, and git's own files, change by the move alone.
			if (entry.isFile() && !below.includes('/.git/')) changedMs = Math.max(changedMs, stat?.mtimeMs ?? 0);
		}
	}
	return {bytes, changedMs, isWhole: entries < mostEntries};
}

const sizeOf = ({bytes, isWhole}: Weight) =>
	`${isWhole ? '' : 'more than '}${bytes < 10_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${Math.round(bytes / 1_000_000)} MB`}`;

function ageOf({changedMs}: Weight, nowMs: number): string {
	if (changedMs === 0) return 'no files';
	const hours = Math.max(0, Math.floor((nowMs - changedMs) / 3_600_000));
	if (hours === 0) return 'changed within the hour';
	return `changed ${hours < 48 ? countOf(hours, 'hour') : countOf(Math.floor(hours / 24), 'day')} ago`;
}

/** As a shell takes it for one word. */
const shellWord = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);

async function findingOf(at: string, nowMs: number): Promise<Finding> {
	const weight = await weigh(at);
	const folders = [at, `${at}.git`].filter(folder => existsSync(folder));
	const isWorktree = lstatSync(path.join(at, '.git'), {throwIfNoEntry: false})?.isFile() ?? false;
	return warning(
		'checkouts',
		`${path.basename(at)} is kept: what was done in it last is nowhere else (${sizeOf(weight)}, ${ageOf(weight, nowMs)})`,
		// Git's objects are read-only, and of each of those rm -r alone would ask.
		`Take out what you need, then: rm -rf ${folders.map(shellWord).join(' ')}${isWorktree ? '; and in the target: git worktree prune' : ''}`,
	);
}

/** Checkouts that stay until a human has looked; pilot itself removes none of them. */
export async function keptCheckouts(workspace: string, nowMs: number): Promise<Finding[]> {
	const folder = path.join(workspace, '.pilot', 'checkouts');
	const names = existsSync(folder) ? readdirSync(folder).filter(name => /\.old-\d+$/.test(name)) : [];
	const findings: Finding[] = [];
	for (const name of names.slice(0, mostNamed)) findings.push(await findingOf(path.join(folder, name), nowMs));
	const more = names.length - mostNamed;
	return more > 0 ? [...findings, warning('checkouts', `${more} more are kept`, `Look into ${folder}.`)] : findings;
}
