import {defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';
import type {ControlClient} from '../control/client.js';
import {PilotError} from '../domain/pilot-error.js';

const gone = async (control: ControlClient) => {
	for (let waited = 0; waited < 30_000; waited += 100) {
		if (
			!(await control.health().then(
				() => true,
				() => false,
			))
		)
			return true;
		await new Promise(resolve => setTimeout(resolve, 100));
	}
	return false;
};

export default defineCommand({
	name: 'stop',
	summary: 'Finish what runs, then end the pilot; with an id, end that one session.',
	args: [['[id]', 'a mission or session: it is ended, its mission parked, its branch kept']],
	options: [['--now', 'end the running sessions too; their missions go on at the next start']],
	example: 'pilot-tui stop --now',
	async run({args: [id], options, json, io, control}) {
		const client = control();
		if (id) return tellAnswer(await client.command({type: 'session.stop', id}), io, json);
		const now = options.now === true;
		await client.health();
		// It may be gone before its answer has come back: then it has done as it was told.
		const answer = await client.command({type: 'pilot.stop', now}).catch(error => {
			if (error instanceof PilotError && error.code === 'PILOT_NOT_RUNNING')
				return {ok: true, say: 'The pilot has ended.'};
			throw error;
		});
		if (now && answer.ok && !(await gone(client))) {
			return tellAnswer(
				{ok: false, code: 'STILL_ENDING', say: 'The pilot is still ending what runs.', todo: 'See `pilot-tui status`.'},
				io,
				json,
			);
		}
		return tellAnswer(answer, io, json);
	},
});
