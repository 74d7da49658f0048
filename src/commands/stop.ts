import type {CommandContext} from '../app/define-command.js';
import {defineCommand} from '../app/define-command.js';
import {endSilentPilot} from '../app/end-silent.js';
import {tellAnswer} from '../app/tell-answer.js';
import type {ControlClient} from '../control/client.js';
import type {Answer} from '../domain/command.js';
import {PilotError} from '../domain/pilot-error.js';

const longestEndMs = 30_000;
const hasCode = (error: unknown, code: string) => error instanceof PilotError && error.code === code;

/** True when it has gone in time; one that is silent has not. */
async function gone(control: ControlClient): Promise<boolean> {
	const untilMs = performance.now() + longestEndMs;
	while (performance.now() < untilMs) {
		const isThere = await control.health().then(
			() => true,
			error => !hasCode(error, 'PILOT_NOT_RUNNING'),
		);
		if (!isThere) return true;
		await new Promise(resolve => setTimeout(resolve, 100));
	}
	return false;
}

/** For one that does not answer, or does not end: by its process. */
async function endByForce(workspace: string): Promise<Answer> {
	const pid = await endSilentPilot(workspace);
	return pid === undefined
		? {ok: false, code: 'STILL_ENDING', say: 'The pilot is still ending what runs.', todo: 'See `pilot-tui status`.'}
		: {ok: true, say: `The pilot (pid ${pid}) did not answer, and was ended. Its missions go on at the next start.`};
}

async function stopPilot({control, workspace}: CommandContext, now: boolean): Promise<Answer> {
	const client = control();
	try {
		await client.health();
	} catch (error) {
		if (now && hasCode(error, 'PILOT_SILENT')) return endByForce(workspace());
		throw error;
	}
	// It may be gone before its answer has come back: then it has done as it was told.
	const answer = await client.command({type: 'pilot.stop', now}).catch(error => {
		if (hasCode(error, 'PILOT_NOT_RUNNING')) return {ok: true, say: 'The pilot has ended.'};
		throw error;
	});
	return now && answer.ok && !(await gone(client)) ? endByForce(workspace()) : answer;
}

export default defineCommand({
	name: 'stop',
	summary: 'Finish what runs, then end the pilot; with an id, end that one session.',
	args: [['[id]', 'a mission or session: it is ended, its mission parked, its branch kept']],
	options: [['--now', 'end the running sessions too; their missions go on at the next start']],
	example: 'pilot-tui stop --now',
	async run(context) {
		const {options, json, io, control} = context;
		const [id] = context.args;
		const answer = id
			? await control().command({type: 'session.stop', id})
			: await stopPilot(context, options.now === true);
		return tellAnswer(answer, io, json);
	},
});
