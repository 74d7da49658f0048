import {defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';

export default defineCommand({
	name: 'skip',
	summary: 'Not now: to the end of its priority. A running one is stopped first.',
	args: [['<id>', 'the mission, such as ^m-4k2p9q']],
	example: 'pilot-tui skip m-4k2p9q',
	run: async ({args: [id = ''], json, io, control}) =>
		tellAnswer(await control().command({type: 'mission.skip', id}), io, json),
});
