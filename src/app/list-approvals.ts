import {byUrgency} from '../domain/approval.js';
import {ExitCode} from '../domain/pilot-error.js';
import {approvalText} from '../view/approval-text.js';
import {plainJson} from '../view/plain-text.js';
import type {CommandContext} from './define-command.js';

/** Prints what is asked now, what holds something up first. Throws PILOT_NOT_RUNNING. */
export async function listApprovals({control, io, json}: CommandContext): Promise<number> {
	const {approvals} = await control().status();
	const open = byUrgency(approvals);
	if (json) io.out(plainJson(JSON.stringify({v: 1, approvals: open})));
	else {
		for (const approval of open) io.out(approvalText(approval, Date.now()));
		io.out(
			open.length === 0
				? 'Nothing is asked.'
				: 'Answer: pilot-tui approve ID [--session], or pilot-tui deny ID [--note "…"]',
		);
	}
	return ExitCode.fine;
}
