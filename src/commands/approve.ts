import {defineCommand} from '../app/define-command.js';
import {listApprovals} from '../app/list-approvals.js';
import {tellAnswer} from '../app/tell-answer.js';

export default defineCommand({
	name: 'approve',
	summary: 'Say yes to what is asked; without an id, list what is asked.',
	args: [['[id]', 'what is asked, such as a-4k2p']],
	options: [['--session', 'yes for the rest of that session too']],
	example: 'pilot-tui approve a-4k2p',
	async run(context) {
		const {args, options, json, io, control} = context;
		const [id] = args;
		if (!id) return listApprovals(context);
		const scope = options.session === true ? 'session' : 'once';
		return tellAnswer(await control().command({type: 'approval.allow', id, scope}), io, json);
	},
});
