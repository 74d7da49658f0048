import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {examine} from '../app/doctor/checks.js';
import {type Finding, ok, warning} from '../app/doctor/finding.js';
import {findOrphans} from '../app/doctor/orphans.js';
import {machineId} from '../app/machine.js';
import {PilotError} from '../domain/pilot-error.js';
import {endStray} from '../kernel/strays.js';

const marks = {ok: 'ok     ', warning: 'warning', failed: 'FAILED '} as const;
const graceMs = 1000;

/** The sessions that run; none when no pilot does. One that is silent is not taken for gone. */
const runningSessions = ({control}: CommandContext) =>
	control()
		.status()
		.then(
			({sessions}) => sessions,
			error => {
				if (error instanceof PilotError && error.code === 'PILOT_NOT_RUNNING') return [];
				throw error;
			},
		);

/** More than this is felt at the keys. */
const longestLagMs = 50;

/** How late the pilot that runs here is; nothing where none does, or it does not say. */
async function lagOf({findWorkspace, control}: CommandContext): Promise<Finding[]> {
	const status =
		findWorkspace() === undefined
			? undefined
			: await control()
					.status()
					.catch(() => undefined);
	if (!status?.lag) return [];
	const {p50Ms, p99Ms, maxMs} = status.lag;
	const what = `event loop late by p50 ${p50Ms} ms, p99 ${p99Ms} ms, at most ${maxMs} ms since ${status.startedAt}`;
	if (p99Ms <= longestLagMs) return [ok('lag', what)];
	return [
		warning(
			'lag',
			what,
			'The machine is busy, or the pilot has too much to do: fewer sessions side by side (sessions.max).',
		),
	];
}

/** What sessions left behind, and with `kill` its end. Fine when nothing is left of it. */
async function tellOrphans(context: CommandContext, kill: boolean): Promise<number> {
	const {io, json} = context;
	const workspace = context.workspace();
	const machine = machineId(path.join(workspace, '.pilot'), workspace);
	const sessions = await runningSessions(context);
	const found = findOrphans(workspace, machine, sessions);
	const toEnd = found.filter(({mayBeYours}) => !mayBeYours);
	if (kill && toEnd.length > 0) {
		for (const orphan of toEnd) endStray(orphan, 'SIGTERM');
		await new Promise(resolve => setTimeout(resolve, graceMs));
		for (const orphan of toEnd) endStray(orphan, 'SIGKILL');
	}
	if (json) io.out(JSON.stringify({v: 1, orphans: found, killed: kill}));
	else {
		for (const {pid, session, knownBy, command, mayBeYours} of found) {
			const whose =
				session ??
				`no session named, ${knownBy === 'time' ? 'hides, began while one ran' : 'works in a folder of one'}`;
			io.out(`${pid}  ${whose}${mayBeYours ? ', yours? not ended' : ''}  ${command}`);
		}
		if (found.length === 0) io.out('No session has left anything.');
		else if (kill) io.out(`${toEnd.length} ended.`);
		else if (toEnd.length > 0) io.out('End them with `pilot-tui doctor --orphans --kill`.');
	}
	return found.length === 0 || kill ? 0 : 1;
}

export default defineCommand({
	name: 'doctor',
	summary: 'Check everything a first run needs; each line with its fix.',
	options: [
		['--orphans', 'list processes that sessions left behind, also those that may be'],
		['--kill', 'with --orphans: end them'],
	],
	example: 'pilot-tui doctor',
	async run(context) {
		const {io, json, env, findWorkspace, options} = context;
		if (options.orphans === true) return tellOrphans(context, options.kill === true);
		const findings = [...(await examine(findWorkspace(), env, io.isTerminal)), ...(await lagOf(context))];
		const bad = findings.filter(finding => finding.state === 'failed').length;
		if (json) io.out(JSON.stringify({v: 1, findings}));
		else {
			const width = Math.max(...findings.map(finding => finding.name.length));
			for (const {name, state, what, fix} of findings) {
				io.out(`${marks[state]}  ${name.padEnd(width)}  ${what}`);
				if (fix && state !== 'ok') io.out(`${' '.repeat(width + 11)}→ ${fix}`);
			}
			io.out(bad === 0 ? '\nReady.' : `\n${bad} to mend.`);
		}
		return bad === 0 ? 0 : 1;
	},
});
