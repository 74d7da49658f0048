import type {OpenApproval} from '../domain/approval.js';
import {clockTime, shortDuration} from './format.js';
import {plainLines, plainText} from './plain-text.js';

/** Who asks, in words: a session wants something, a mission waits, an agent proposes. */
export function headOf({kind, missionId, what}: OpenApproval): string {
	const told = plainText(what);
	if (kind === 'permission') return `^${missionId} ${told}`;
	return kind === 'mission' ? `^${missionId} shall start: ${told}` : `^${missionId} is proposed: ${told}`;
}

/** The first line of what would be run, for where there is one line. */
const commandLine = ({command}: OpenApproval) =>
	command === undefined ? '' : plainText(command.split('\n', 1)[0] ?? '');

/** How long there is to answer, counted down. */
export function leftOf({deadline}: Pick<OpenApproval, 'deadline'>, nowMs: number): string {
	if (deadline === undefined) return 'waits as long as it takes';
	return `until ${clockTime(deadline, nowMs)}, ${shortDuration(Date.parse(deadline) - nowMs)} left; no answer counts as no`;
}

/** One line: `^m-4k2p9q wants to run a command: rm -rf build`. */
export function askedLine(approval: OpenApproval): string {
	const command = commandLine(approval);
	return command === '' ? headOf(approval) : `${headOf(approval)}: ${command}`;
}

/** All of it, for a shell. */
export function approvalText(approval: OpenApproval, nowMs: number): string {
	const {approvalId, why, command, consequences} = approval;
	const indented = (text: string) => plainLines(text).replaceAll(/^/gm, '  ');
	return [
		`${approvalId}  ${headOf(approval)} (${leftOf(approval, nowMs)})`,
		...(command === undefined ? [] : [indented(command).replaceAll(/^ {2}/gm, '  | ')]),
		...(why === '' ? [] : [indented(why)]),
		indented(consequences),
	].join('\n');
}
