import path from 'node:path';
import {stringify} from 'yaml';
import {defineCommand} from '../app/define-command.js';
import {configJsonSchema, configProblems, loadConfig, problemLine} from '../config/index.js';
import type {Config} from '../domain/config.js';
import {PilotError} from '../domain/pilot-error.js';
import {bypassTrouble, wantsBypass} from '../session/index.js';

/** What is allowed, and protects less. */
const weaknesses = (config: Config) => [
	...(config.isolation === 'worktree'
		? ['isolation: worktree: a session shares the objects, branches and settings of its target, and may change them.']
		: []),
	...(wantsBypass(config) ? ['claude.permissionMode: bypassPermissions: what sessions do is asked of nobody.'] : []),
];

export default defineCommand({
	name: 'config',
	summary: 'Print the effective settings; check config.yaml; print its JSON Schema.',
	args: [['[action]', 'check or schema']],
	example: 'pilot-tui config check',
	async run({args: [action], workspace, env, io, json}) {
		if (action === 'schema') {
			io.out(JSON.stringify(configJsonSchema(), null, json ? 0 : 2));
			return 0;
		}
		if (action === 'check') {
			const file = path.join(workspace(), 'config.yaml');
			const problems = configProblems(file);
			if (problems.length > 0) {
				if (json) io.out(JSON.stringify({v: 1, file, problems}));
				else for (const problem of problems) io.err(problemLine(problem));
				return 2;
			}
			const config = loadConfig(workspace(), env);
			const trouble = bypassTrouble(config, env);
			if (trouble) throw trouble;
			io.out(json ? JSON.stringify({v: 1, file, problems}) : [`${file} is fine.`, ...weaknesses(config)].join('\n'));
			return 0;
		}
		if (action !== undefined)
			throw new PilotError('ACTION_UNKNOWN', {
				what: `config has no action ${action}.`,
				todo: 'Allowed: check, schema, or none to print the settings.',
				exitCode: 2,
			});
		const config = loadConfig(workspace(), env);
		io.out(json ? JSON.stringify({v: 1, ...config}) : stringify(config).trimEnd());
		return 0;
	},
});
