import {defineCommand} from '../app/define-command.js';

export default defineCommand({
	name: 'start',
	summary: 'Start the pilot in the background; with --headless, here in the foreground, one line per fact.',
	options: [
		['--headless', 'run here, without a screen'],
		['--until-idle', 'end when all that is left waits for a human, a clock or another mission'],
	],
	example: 'pilot-tui start --headless --until-idle',
	async run(context) {
		const untilIdle = context.options.untilIdle === true;
		if (context.options.headless === true) {
			const {runHeadless} = await import('../app/headless.js');
			return runHeadless(context, untilIdle);
		}
		const {ensureSupervisor} = await import('../app/launch-supervisor.js');
		const {pid, started} = await ensureSupervisor(context.workspace(), context.env, {untilIdle});
		const say = started
			? `The pilot is at work (pid ${pid}). Look at it with \`pilot-tui\` or \`pilot-tui status\`.`
			: `A pilot is at work already (pid ${pid}).`;
		context.io.out(context.json ? JSON.stringify({v: 1, pid, started}) : say);
		return 0;
	},
});
