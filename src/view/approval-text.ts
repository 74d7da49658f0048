import {byUrgency, type OpenApproval} from '../domain/approval.js';
import {clockTime, shortDuration} from './format.js';
import {labelOf} from './keymap.js';
import {pageLines} from './page.js';
import {plainLines, plainText} from './plain-text.js';
import type {ViewState} from './store.js';

/** Who asks, in words: a session wants something, a mission waits, an agent proposes. */
function headOf({kind, missionId, what}: OpenApproval): string {
	const told = plainText(what);
	if (kind === 'permission') return `^${missionId} ${told}`;
	return kind === 'mission' ? `^${missionId} shall start: ${told}` : `^${missionId} is proposed: ${told}`;
}

/** How long there is to answer, counted down. */
export function leftOf({deadline}: Pick<OpenApproval, 'deadline'>, nowMs: number): string {
	if (deadline === undefined) return 'It waits as long as it takes.';
	const left = shortDuration(Date.parse(deadline) - nowMs);
	return `Until ${clockTime(deadline, nowMs)}, ${left} left; no answer counts as no.`;
}

/** One line: `^m-4k2p9q wants to run a command: rm -rf build`. */
export function askedLine(approval: OpenApproval): string {
	const command = plainText(approval.command?.split('\n', 1)[0] ?? '');
	return command === '' ? headOf(approval) : `${headOf(approval)}: ${command}`;
}

/** What is asked, in the one row that says so; undefined while nothing is. */
export function askedWords(state: Pick<ViewState, 'status' | 'screen'>): string | undefined {
	const open = byUrgency(state.status?.approvals ?? []);
	const [first] = open;
	if (!first) return;
	const look = state.screen.attachedId === undefined ? `${labelOf(state, 'approve')} to look` : 'detach to look';
	return `${look}${open.length > 1 ? ` (1 of ${open.length})` : ''}: ${askedLine(first)}`;
}

/** What is asked about one mission, in paragraphs. */
export const askedAbout = (
	approvals: readonly OpenApproval[],
	missionId: string | undefined,
	nowMs: number,
): string[] =>
	approvals
		.filter(approval => approval.missionId === missionId)
		.map(approval => `! ${approval.approvalId}: ${askedLine(approval)}. ${leftOf(approval, nowMs)}`);

/** One row of the dialog; `theirs` is what somebody else wrote, and stands behind a bar that nothing in it can draw. */
export interface ApprovalRow {
	readonly row: number;
	readonly text: string;
	readonly isHead: boolean;
	readonly theirs: boolean;
}

const bar = 2;

/** All that there is to know before an answer, as rows of so many cells. */
export function approvalRows(approval: OpenApproval, width: number): ApprovalRow[] {
	const {why, command, consequences} = approval;
	const [reason = '', ...words] = why.split('\n');
	const own = (text: string, isHead = false) =>
		pageLines({title: '', kind: 'plain', text}, width).map(line => ({text: line.text, isHead, theirs: false}));
	const theirs = (text: string, kind: 'code' | 'plain') =>
		pageLines({title: '', kind, text}, width - bar).map(line => ({text: line.text, isHead: false, theirs: true}));
	return [
		...own(headOf(approval), true),
		...(command === undefined ? [] : theirs(command, 'code')),
		...(why === '' ? [] : own(reason)),
		...(words.length === 0 ? [] : theirs(words.join('\n'), 'plain')),
		...own(consequences),
	].map((line, row) => ({...line, row}));
}

/** The answers there are, and what each would do. */
export function choicesOf({kind, forSession}: OpenApproval): readonly {readonly key: string; readonly words: string}[] {
	const yes = {permission: 'allow it once', mission: 'let it start', proposal: 'put it into the queue'};
	const no = {permission: 'deny it', mission: 'deny it: it is parked', proposal: 'take it out of missions.md'};
	return [
		{key: 'y', words: yes[kind]},
		...(forSession === undefined ? [] : [{key: 's', words: `allow it for this session: ${plainText(forSession)}`}]),
		{key: 'd', words: `${no[kind]}, with a note if you like`},
		{key: 'Esc', words: 'later'},
	];
}

/** All of it, for a shell. */
export function approvalText(approval: OpenApproval, nowMs: number): string {
	const {approvalId, why, command, consequences} = approval;
	const behind = (prefix: string, text: string) => plainLines(text).replaceAll(/^/gm, prefix);
	return [
		`${approvalId}  ${headOf(approval)}`,
		...(command === undefined ? [] : [behind('  | ', command)]),
		...(why === '' ? [] : [behind('  ', why.split('\n', 1)[0] ?? '')]),
		...(why.includes('\n') ? [behind('  | ', why.slice(why.indexOf('\n') + 1))] : []),
		behind('  ', `${consequences} ${leftOf(approval, nowMs)}`),
	].join('\n');
}
