import {existsSync, lstatSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {folderTrouble, keepLocal, placeOf} from '../../kernel/unsure-folder.js';
import {type Finding, ok, warning} from './finding.js';

/** Whether what the pilot relies on holds where the workspace lies. */
function disk(workspace: string): Finding {
	const place = placeOf(workspace);
	const trouble = folderTrouble(place);
	return trouble === undefined
		? ok('disk', `${place.mount || 'local'}, as far as it is known`)
		: warning('disk', trouble, keepLocal);
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

/** Checkouts that stay until a human has looked: what was done in them last is nowhere else. */
function kept(workspace: string): Finding[] {
	const folder = path.join(workspace, '.pilot', 'checkouts');
	const names = existsSync(folder) ? readdirSync(folder).filter(name => /\.old-\d+$/.test(name)) : [];
	return names.length === 0
		? []
		: [
				warning(
					'checkouts',
					`${names.length} kept in ${folder}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`,
					'Take out what you need, then remove each with its .git folder beside it.',
				),
			];
}

/** What there is to say of the workspace's folder and of what lies in it. */
export const folderFindings = (workspace: string): Finding[] => [
	disk(workspace),
	...privacy(workspace),
	...kept(workspace),
];
