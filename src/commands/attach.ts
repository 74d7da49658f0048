import {defineCommand} from '../app/define-command.js';
import {PilotError} from '../domain/pilot-error.js';
import type {Status} from '../domain/status.js';

/** The session that an id stands for, if it can be typed into. */
function sessionNamed({sessions}: Status, named: string): string {
	const id = named.replace(/^\^/, '');
	const session = sessions.findLast(one => (one.id === id || one.missionId === id) && one.phase !== 'ended');
	if (!session) {
		throw new PilotError('SESSION_UNKNOWN', {
			what: `No session of ${named} is running.`,
			todo: 'See `pilot-tui status` for those that are.',
			exitCode: 1,
		});
	}
	if (session.takesKeys) return session.id;
	throw new PilotError('SESSION_NO_KEYS', {
		what: `The session of ^${session.missionId} runs by itself and takes no keys.`,
		todo: `Take it over first: \`pilot-tui take ${session.missionId}\`, or a in the dashboard.`,
		exitCode: 1,
	});
}

export default defineCommand({
	name: 'attach',
	summary: 'Open a dashboard on the pilot that is running, or type into one of its sessions.',
	args: [['[id]', 'a mission or a session: its pane gets the window, and the keys go to it']],
	example: 'pilot-tui attach',
	async run(context) {
		const status = await context.control().status();
		const attachTo = context.args[0] === undefined ? undefined : sessionNamed(status, context.args[0]);
		const {openDashboard} = await import('../app/dashboard.js');
		return openDashboard(context, context.workspace(), {attachTo});
	},
});
