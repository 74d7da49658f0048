import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {type Estimates, withEstimates} from '../domain/estimate.js';
import type {MissionStatus} from '../domain/status.js';
import {readIfThere} from '../kernel/files.js';
import {parseQueue} from '../queue/index.js';
import {missionLine} from '../view/format.js';

interface Listing {
	readonly missions: readonly MissionStatus[];
	readonly problems: readonly string[];
	readonly estimates?: Estimates;
}

/** Without a pilot only the file is known: states, not reasons. */
function fromFile(context: CommandContext): Listing {
	const {items, problems} = parseQueue(readIfThere(path.join(context.workspace(), 'missions.md')) ?? Buffer.alloc(0));
	const missions = items.map(({mission, state, line, doneOn}) => ({
		id: mission.id,
		title: mission.title,
		state,
		priority: mission.priority,
		access: mission.access,
		source: mission.source,
		why: state === 'pending' ? 'no pilot is running' : `${state} in missions.md`,
		line,
		...(mission.target ? {target: mission.target} : {}),
		...(doneOn ? {doneOn} : {}),
	}));
	return {missions, problems: problems.map(problem => `missions.md:${problem.line}: ${problem.what}`)};
}

export default defineCommand({
	name: 'queue',
	summary: 'List the missions: what runs, what waits and why, what needs you.',
	options: [['--all', 'the done ones too']],
	example: 'pilot-tui queue --all',
	async run(context) {
		const {io, json, options} = context;
		const {missions, problems, estimates}: Listing = await context
			.control()
			.status()
			.catch(() => fromFile(context));
		const shown = missions.filter(mission => options.all === true || mission.state !== 'done');
		if (json) io.out(JSON.stringify({v: 1, missions: withEstimates(estimates, shown), problems}));
		else {
			for (const mission of shown) io.out(missionLine(mission, Date.now()));
			for (const problem of problems) io.err(problem);
			if (shown.length === 0) io.out('Nothing is waiting. Add a mission: pilot-tui add "…"');
		}
		return 0;
	},
});
