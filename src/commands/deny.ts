import {defineCommand} from '../app/define-command.js';
import {listApprovals} from '../app/list-approvals.js';
import {tellAnswer} from '../app/tell-answer.js';

export default defineCommand({
	name: 'deny',
	summary: 'Say no to what is asked; without an id, list what is asked.',
	args: [['[id]', 'what is asked, such as a-4k2p']],
	options: [['--note <text>', 'why not: whoever asked is told']],
	example: 'pilot-tui deny a-4k2p --note "Use the test database"',
	async run(context) {
		const {args, options, json, io, control} = context;
		const [id] = args;
		if (!id) return listApprovals(context);
		const note = typeof options.note === 'string' ? {note: options.note} : {};
		return tellAnswer(await control().command({type: 'approval.deny', id, ...note}), io, json);
	},
});
