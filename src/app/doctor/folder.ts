import {accessSync, constants, existsSync, lstatSync, readdirSync, readFileSync, statfsSync} from 'node:fs';
import path from 'node:path';
import type {Config} from '../../domain/config.js';
import {countOf} from '../../domain/count-of.js';
import {neverRuns} from '../../domain/never-runs.js';
import {PilotState} from '../../domain/state.js';
import {readIfThere} from '../../kernel/files.js';
import {folderTrouble, keepLocal, placeOf} from '../../kernel/unsure-folder.js';
import {parseQueue} from '../../queue/index.js';
import {type Finding, failed, ok, orFailed, warning} from './finding.js';

/** Whether what the pilot relies on holds where the workspace lies. */
function disk(workspace: string): Finding {
	const place = placeOf(workspace);
	const trouble = folderTrouble(place);
	return trouble === undefined
		? ok('disk', `${place.mount || 'local'}, as far as it is known`)
		: warning('disk', trouble, keepLocal);
}

const leastBytes = 100_000_000;

/** Whether the pilot can write there, and has room for what sessions print. */
function room(workspace: string): Finding {
	try {
		accessSync(workspace, constants.W_OK);
	} catch {
		return failed(
			'room',
			`${workspace} cannot be written`,
			'Make it writable for you; the pilot writes there all the time.',
		);
	}
	const {bavail, blocks, bsize} = statfsSync(workspace);
	if (blocks === 0) return ok('room', 'not told by this file system');
	const free = bavail * bsize;
	const left = `${Math.floor(free / 1_000_000)} MB free`;
	if (free >= leastBytes) return ok('room', left);
	return warning('room', `${left}: while the disk is full no mission is started`, 'Free some space.');
}

/** Whether others can come near the control socket and what sessions printed. */
function privacy(workspace: string): Finding[] {
	const folder = path.join(workspace, '.pilot');
	const stat = lstatSync(folder, {throwIfNoEntry: false});
	if (!stat) return [];
	const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
	if ((stat.mode & 0o077) === 0) return [ok('privacy', `.pilot is yours alone (mode ${mode})`)];
	return [
		warning(
			'privacy',
			`.pilot is open to other users (mode ${mode})`,
			'chmod 700 .pilot; a pilot that runs does so itself, and says it.',
		),
	];
}

const mostNamed = 5;

function jsonOf(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return; // being written, or damaged: the start tells that
	}
}

/** Ids of missions that were done here or on another machine, also those that a human has taken out of the file since. */
function doneIds(workspace: string): Set<string> {
	const folder = path.join(workspace, 'state');
	const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')) : [];
	return new Set(
		names.flatMap(name => {
			const {success, data} = PilotState.safeParse(jsonOf(path.join(folder, name)));
			return success ? Object.keys(data.outcomes).filter(id => data.outcomes[id]?.state === 'done') : [];
		}),
	);
}

/** Missions that wait for nothing that could ever come. */
function queue(workspace: string, config: Config): Finding {
	const {items, problems} = parseQueue(readIfThere(path.join(workspace, 'missions.md')) ?? Buffer.alloc(0));
	const ids = new Set([...items.map(({mission}) => mission.id), ...doneIds(workspace)]);
	const known = {targets: config.targets.map(({name}) => name), isKnown: (id: string) => ids.has(id)};
	const faults = [
		...problems.map(({line, what}) => `line ${line}: ${what}`),
		...items
			.filter(({state}) => state === 'pending')
			.flatMap(({mission, line}) => {
				const fault = neverRuns(mission, known);
				return fault === undefined ? [] : [`line ${line}: ^${mission.id}: ${fault}`];
			}),
	];
	if (faults.length === 0) return ok('queue', countOf(items.length, 'mission'));
	const more = faults.length > mostNamed ? `; and ${faults.length - mostNamed} more` : '';
	return warning(
		'queue',
		`${faults.slice(0, mostNamed).join('; ')}${more}`,
		'Correct missions.md, or name it in config.yaml.',
	);
}

/** What there is to say of the workspace's folder and of what lies in it. */
export const folderFindings = (workspace: string, config: Config): Finding[] => [
	disk(workspace),
	room(workspace),
	orFailed('queue', () => queue(workspace, config)),
	...privacy(workspace),
];
