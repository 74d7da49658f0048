import {defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';

export default defineCommand({
	name: 'hand-back',
	summary: 'Give a session back that you took over: it goes on with its mission by itself.',
	args: [['<id>', 'the mission or session, such as ^m-4k2p9q']],
	example: 'pilot-tui hand-back m-4k2p9q',
	run: async ({args: [id = ''], json, io, control}) =>
		tellAnswer(await control().command({type: 'session.hand-back', id}), io, json),
});
