import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {demoScript, makeDemoWorkspace} from '../app/demo-workspace.js';
import {inside} from '../app/inside.js';
import {ownFolder} from '../app/own-program.js';
import {PilotError} from '../domain/pilot-error.js';
import {parseQueue} from '../queue/index.js';

const readingPace = 1;
const headlessPace = 12;

const order = ['done', 'unproven', 'failed', 'parked', 'blocked', 'in-progress', 'pending'];

/** Says what became of each mission, and whether that is what the script says. */
function tellEnd({io, json}: CommandContext, workspace: string): number {
	const {items} = parseQueue(readFileSync(path.join(workspace, 'missions.md')));
	const ends = items.map(({mission, state}) => ({
		id: mission.id,
		title: mission.title,
		state,
		expected: demoScript[mission.id],
	}));
	const asWritten = ends.every(end => end.expected === undefined || end.expected === end.state);
	if (json) {
		io.out(JSON.stringify({v: 1, workspace, asWritten, missions: ends}));
		return asWritten ? 0 : 1;
	}
	io.out('\nWhat became of them:');
	for (const end of [...ends].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)))
		io.out(`  ${end.state.padEnd(11)} ${end.title}`);
	io.out(`\nIt all lies in ${workspace}: missions.md, journal/, memory/, and reports and receipts in .pilot/runs/.`);
	io.out(`Branches of the work: git -C ${path.join(path.dirname(workspace), 'greeter')} branch`);
	io.out('Nothing of it is needed any more.');
	const isLeft = ends.some(({state}) => state === 'pending' || state === 'in-progress');
	if (isLeft) io.err('It was left before its end.');
	else if (!asWritten) io.err('Not everything went as the script says.');
	return asWritten ? 0 : 1;
}

async function headless(context: CommandContext): Promise<number> {
	const {runHeadless} = await import('../app/headless.js');
	const workspace = await makeDemoWorkspace(context.env, headlessPace);
	if (!context.json)
		context.io.out(`Simulated agents work through six missions in ${workspace}. No account, no tokens.\n`);
	const facts = {...context, workspace: () => workspace};
	// Parked by a limit, the pilot waits for the reset: a second start goes on from there, as it would the next morning.
	for (let starts = 0; starts < 3; starts++) {
		const code = await runHeadless(
			{...facts, json: false, io: context.json ? {...context.io, out: () => {}} : context.io},
			true,
		);
		if (code === 130) return code;
		const {items} = parseQueue(readFileSync(path.join(workspace, 'missions.md')));
		if (!items.some(item => item.state === 'in-progress' || item.state === 'pending')) break;
		await new Promise(resolve => setTimeout(resolve, 2500));
	}
	return tellEnd(context, workspace);
}

/** Where a workspace of one's own would lie: here, or beside the program where it is run from its own clone. */
function placeForOwn({cwd, findWorkspace}: CommandContext): string | undefined {
	const found = findWorkspace();
	if (found === undefined) return cwd;
	const beside = path.join(path.dirname(found), 'my-missions');
	return found === ownFolder() && !existsSync(beside) ? beside : undefined;
}

/** Whoever has seen it may want one of their own; where there is one already, nothing is asked. */
async function offerInit(context: CommandContext): Promise<number> {
	const place = placeForOwn(context);
	if (place === undefined) return 0;
	const {default: init} = await import('./init.js');
	return init.run({...context, args: [place], options: {}}).catch(error => {
		if (!(error instanceof PilotError) || error.code !== 'INIT_DECLINED') throw error;
		context.io.out('Nothing was made. When you like: pilot-tui init --target ../my-app');
		return 0;
	});
}

export default defineCommand({
	name: 'demo',
	summary: 'See the real program with simulated agents: no account, nothing spent.',
	options: [
		['--headless', 'without a screen: print the facts and what became of the missions'],
		['--no-tour', 'without the words on what there is to see'],
		['--until-idle', 'end when the script has been played (always so without a screen)'],
	],
	example: 'pilot-tui demo --headless --until-idle',
	async run(context) {
		if (context.options.headless === true || !context.io.isTerminal) return headless(context);
		const workspace = await makeDemoWorkspace(context.env, readingPace);
		const {ensureSupervisor} = await import('../app/launch-supervisor.js');
		const {openDashboard} = await import('../app/dashboard.js');
		await openDashboard(context, workspace, {
			start: () => ensureSupervisor(workspace, context.env, {untilIdle: false}),
			tour: context.options.tour !== false,
			isOwnPilot: true,
		});
		// It may have ended by itself, as nobody looks any more.
		await inside(context, workspace)
			.control()
			.command({type: 'pilot.stop', now: true})
			.catch(() => {});
		tellEnd(context, workspace);
		return offerInit(context);
	},
});
