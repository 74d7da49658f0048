import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {inside} from '../app/inside.js';
import {layOut} from '../app/lay-out.js';
import {type LayoutChoice, layoutChoice} from '../app/layout-choice.js';
import {ownName} from '../app/own-program.js';

const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);

async function tellMade({io}: CommandContext, {made, kept}: {made: readonly string[]; kept: readonly string[]}) {
	const {wrapped} = await import('../view/page.js');
	const tell = (text: string) => io.out(io.isTerminal ? wrapped(text, io.columns) : text);
	tell(
		made.length > 0
			? `Made ${made.filter(name => !name.startsWith('templates/')).join(', ')} and templates/.`
			: 'Everything was there already.',
	);
	if (kept.length > 0) tell(`Left as they are: ${kept.join(', ')}.`);
}

/** Somebody who was asked is taken on to the first mission and the dashboard. */
async function goOn(context: CommandContext, directory: string, choice: LayoutChoice): Promise<boolean> {
	const there = inside(context, directory);
	const {offerFirstMission} = await import('../app/guided-init.js');
	if (!(await offerFirstMission(context, directory, choice))) return false;
	const {openWorkspace} = await import('../app/open-workspace.js');
	await openWorkspace({...there, args: [], options: {}}, directory);
	return true;
}

export default defineCommand({
	name: 'init',
	summary: 'Lay out a workspace: queue, config, soul, memory, journal. Never overwrites.',
	args: [['[dir]', 'where (default: here)']],
	options: [
		['--target <path>', 'the repository that missions work on'],
		['--agent <name>', 'claude or demo'],
		['--yes', 'ask nothing'],
	],
	example: 'pilot-tui init my-missions --target ../my-app --yes',
	async run(context) {
		const {args, options, io, json, cwd, env} = context;
		const directory = path.resolve(cwd, args[0] ?? '.');
		const asks = options.yes !== true && io.isTerminal && !json;
		const choice = asks
			? await (await import('../app/guided-init.js')).askForLayout(context, directory)
			: await layoutChoice(
					{target: text(options.target, ''), agent: text(options.agent, 'claude')},
					{directory, cwd, env},
				);
		const {made, kept} = await layOut(directory, choice, env);
		if (json) {
			io.out(JSON.stringify({v: 1, workspace: directory, made, kept}));
			return 0;
		}
		await tellMade(context, {made, kept});
		const name = ownName(env);
		const cd = directory === cwd ? '' : `cd ${path.relative(cwd, directory) || '.'} && `;
		if (asks && (await goOn(context, directory, choice))) {
			io.out(`\nHere again: ${cd}${name}`);
			return 0;
		}
		io.out(
			`\nNext:\n  ${cd}${name} add "Say what this project does and what it lacks"   (it may only look)\n  ${cd}${name} doctor    (is everything in place?)\n  ${cd}${name}           (start, and watch)`,
		);
		return 0;
	},
});
