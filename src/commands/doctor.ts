import {defineCommand} from '../app/define-command.js';
import {examine} from '../app/doctor/checks.js';

const marks = {ok: 'ok     ', warning: 'warning', failed: 'FAILED '} as const;

export default defineCommand({
	name: 'doctor',
	summary: 'Check everything a first run needs; each line with its fix.',
	example: 'pilot-tui doctor',
	async run({io, json, env, findWorkspace}) {
		const findings = await examine(findWorkspace(), env, io.isTerminal);
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
