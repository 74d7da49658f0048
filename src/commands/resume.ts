import {defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';

export default defineCommand({
	name: 'resume',
	summary: 'Go on after a pause, a park or held sync.',
	example: 'pilot-tui resume',
	run: async ({json, io, control}) => tellAnswer(await control().command({type: 'pilot.resume'}), io, json),
});
