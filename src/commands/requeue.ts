import {defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';

export default defineCommand({
	name: 'requeue',
	summary: 'Have a mission done again: pending, a new attempt.',
	args: [['<id>', 'the mission, such as ^m-4k2p9q']],
	example: 'pilot-tui requeue m-4k2p9q',
	run: async ({args: [id = ''], json, io, control}) =>
		tellAnswer(await control().command({type: 'mission.requeue', id}), io, json),
});
