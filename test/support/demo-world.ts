import {childEnv, runPilot} from './pilot-process.js';
import {makeWorld, type World} from './workspace.js';

/** config.yaml for simulated agents that waste no time. */
export const demoConfig = (more = '') =>
	`agent: demo\ndemo: {pace: 60}\ntargets:\n  - {name: app, path: ../app}\n${more}`;

export const makeDemoWorld = (root: string, missions: string, config = demoConfig()): World =>
	makeWorld(root, {config, missions});

/** One call of the program in a world's workspace. */
export const pilot = (
	{workspace, home}: World,
	args: readonly string[],
	more: {env?: Record<string, string>; input?: string} = {},
) =>
	runPilot(args, {
		cwd: workspace,
		env: childEnv(home, more.env),
		...(more.input === undefined ? {} : {input: more.input}),
	});

export const untilIdle = (world: World, env: Record<string, string> = {}) =>
	pilot(world, ['start', '--headless', '--until-idle'], {env});
