import {defineAgent} from '../agent.js';
import {driveCommand, judgeCommand} from '../command/drive-command.js';

/** Any CLI, by a template from config.yaml. It has no report channel: what it printed last is its report. */
export default defineAgent({
	name: 'command',
	simulated: false,
	can: {takeOver: false, report: false, resume: false},
	program: config => config.command?.argv[0],
	parseLine: line => [{kind: 'noise', text: line}],
	judge: exit => judgeCommand('command', exit, undefined, exit.noise),
	launch({config, env, secretEnv, prompt, program}) {
		const command = config.command ?? {argv: [], prompt: 'argument', doneWhen: 'exit', idleSeconds: 20, passEnv: []};
		const [file = '', ...args] = command.argv.map(word => word.replaceAll('{prompt}', () => prompt));
		const passed = command.passEnv.flatMap(name => {
			const value = secretEnv[name];
			return value === undefined ? [] : [[name, value] as const];
		});
		return {
			file: program ?? file,
			args,
			env: {...env, ...Object.fromEntries(passed)},
			drive: driveCommand(command, prompt),
		};
	},
});
