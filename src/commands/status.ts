import {defineCommand} from '../app/define-command.js';
import {byUrgency} from '../domain/approval.js';
import {askedLine} from '../view/approval-text.js';
import {statusText} from '../view/format.js';

export default defineCommand({
	name: 'status',
	summary: 'Say what the pilot is doing, and why not more.',
	example: 'pilot-tui status --json',
	async run({json, io, control}) {
		const status = await control().status();
		io.out(json ? JSON.stringify(status) : statusText(status, Date.now()));
		if (json) return 0;
		for (const approval of byUrgency(status.approvals)) io.out(`asked: ${approval.approvalId} ${askedLine(approval)}`);
		return 0;
	},
});
