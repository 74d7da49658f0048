import {defineCommand} from '../app/define-command.js';
import {tellAnswer} from '../app/tell-answer.js';

export default defineCommand({
	name: 'pause',
	summary: 'Start nothing new; what runs goes on.',
	example: 'pilot-tui pause',
	run: async ({json, io, control}) => tellAnswer(await control().command({type: 'pilot.pause'}), io, json),
});
