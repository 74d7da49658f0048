import {defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';

export default defineCommand({
	name: 'take',
	summary: 'Take a running session over: it stops working by itself and listens to you.',
	args: [['<id>', 'the mission or session, such as ^m-4k2p9q']],
	example: 'pilot-tui take m-4k2p9q',
	run: async ({args: [id = ''], json, io, control}) =>
		tellAnswer(await control().command({type: 'session.take', id}), io, json),
});
