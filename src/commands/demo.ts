import {readFileSync} from 'node:fs';
import path from 'node:path';
import {askLine} from '../app/ask.js';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {demoScript, makeDemoWorkspace} from '../app/demo-workspace.js';
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
		io.out(`  ${end.state.padEnd(9)} ${end.title}`);
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

/** Whoever has seen it may want one of their own; where there is one already, nothing is asked. */
async function offerInit(context: CommandContext): Promise<number> {
	if (context.findWorkspace()) return 0;
	const answer = await askLine(`\nMake a workspace of your own in ${context.cwd}? [y/N] `);
	if (!/^y/i.test(answer)) {
		context.io.out('Nothing was made. When you like: pilot-tui init --target ../my-app');
		return 0;
	}
	return (await import('./init.js')).default.run({...context, args: [], options: {}});
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
		});
		tellEnd(context, workspace);
		return offerInit(context);
	},
});
