import {byUrgency, type OpenApproval} from '../domain/approval.js';
import type {QuotaWindow} from '../domain/budget.js';
import type {Answer} from '../domain/command.js';
import type {MissionStatus, SessionStatus, Status} from '../domain/status.js';
import type {Message} from './channels/channel.js';
import {oneLine, shorten, span, tapsFor, tidy, until} from './text.js';

export const help: Message = {
	head: 'Write what should be done, and it becomes a mission.',
	body: [
		'The first line is its title, the rest its description.',
		'',
		'/status what runs, what is next, what is left of the budget',
		'/queue the missions and their ids',
		'/usage the usage limits; paste the text of Claude Code’s /usage to update them',
		'/pause start nothing new, /resume go on',
		'/approve ID yes to what is asked, /approve ID session for that whole session, /approve alone lists it',
		'/deny ID no, and why if you like',
		'/skip ID to the end of its priority',
		'/requeue ID once more',
		'/stop ID end that session, its mission is parked',
		'/stop finish what runs, then end the pilot',
	].join('\n'),
};

const windowNames: Readonly<Record<string, string>> = {five_hour: '5 hours', weekly: 'week', credits: 'credits'};

const windowName = (kind: string) => windowNames[kind] ?? kind.replace(/^weekly:/, 'week, ');

function windowLine({kind, usedPercent, resetsAt, spent, limit, currency}: QuotaWindow, nowMs: number): string {
	const money =
		spent === undefined ? [] : [`${spent}${limit === undefined ? '' : ` of ${limit}`} ${currency ?? ''}`.trim()];
	const used = usedPercent === undefined ? [] : [`${Math.round(usedPercent)} % used`];
	const reset = resetsAt === undefined ? [] : [`resets ${until(resetsAt, nowMs)}`];
	return `${windowName(kind)}: ${[...used, ...money, ...reset].join(', ') || 'nothing known'}`;
}

const windowLines = ({budget}: Status, nowMs: number) =>
	budget.windows.length > 0 ? budget.windows.map(window => windowLine(window, nowMs)) : ['usage limits: not known yet'];

const spentLine = ({budget}: Status) =>
	`today: ${budget.runsToday}${budget.runsPerDay === null ? '' : ` of ${budget.runsPerDay}`} runs, $${budget.costTodayUsd.toFixed(2)}`;

function sessionLine(session: SessionStatus, status: Status, nowMs: number): string {
	const title = status.missions.find(mission => mission.id === session.missionId)?.title ?? '';
	const agent = session.simulated ? `${session.agent}, simulated` : session.agent;
	const lasted = span(nowMs - Date.parse(session.startedAt));
	return `${session.missionId} ${oneLine(title, 100)} (${agent}, ${session.phase.replaceAll('-', ' ')}, ${lasted})`;
}

function nextLine({next}: Status, nowMs: number): string {
	const when = next.at === undefined ? '' : ` ${until(next.at, nowMs)}`;
	return `next: ${oneLine(next.what, 150)}${when}${next.why ? ` (${oneLine(next.why, 200)})` : ''}`;
}

const queueWords = [
	['pending', 'pending'],
	['inProgress', 'in progress'],
	['blocked', 'blocked'],
	['parked', 'parked'],
	['failed', 'failed'],
	['unproven', 'unproven'],
	['done', 'done'],
] as const;

function queueLine({queue}: Status): string {
	const counts = queueWords.filter(([key]) => queue[key] > 0).map(([key, word]) => `${queue[key]} ${word}`);
	return `queue: ${counts.join(', ') || 'empty'}`;
}

/** `/status`: what a glance at the dashboard would tell. */
export function statusReply(status: Status, nowMs: number): Message {
	const sessions = status.sessions.map(session => sessionLine(session, status, nowMs));
	const body = [
		...(sessions.length > 0 ? sessions : ['nothing runs']),
		nextLine(status, nowMs),
		queueLine(status),
		...windowLines(status, nowMs),
		spentLine(status),
		...(status.git.trouble ? [`git: ${oneLine(status.git.trouble)}`] : []),
		...(status.approvals.length > 0 ? [`asked: ${status.approvals.length} (/approve shows them)`] : []),
		...status.problems.slice(0, 5).map(problem => `problem: ${oneLine(problem)}`),
	];
	return {head: `${status.state} on ${status.machine}`, body: body.join('\n')};
}

const missionLine = (mission: MissionStatus) =>
	`${mission.id} ${mission.state}: ${oneLine(mission.title, 100)}${mission.why ? ` (${oneLine(mission.why, 120)})` : ''}`;

const missionsShown = 25;

/** `/queue`: what is not done, in the order of the status. */
export function queueReply(status: Status): Message {
	const open = status.missions.filter(mission => mission.state !== 'done');
	const more = open.length > missionsShown ? [`… and ${open.length - missionsShown} more`] : [];
	return {head: queueLine(status), body: [...open.slice(0, missionsShown).map(missionLine), ...more].join('\n')};
}

const askedLines = ({approvalId, missionId, what, command, consequences, deadline}: OpenApproval, nowMs: number) => [
	`${missionId} ${oneLine(what, 150)}${deadline === undefined ? '' : ` (no answer ${until(deadline, nowMs)} counts as no)`}`,
	...(command === undefined ? [] : [shorten(tidy(command), 500)]),
	oneLine(consequences, 300),
	tapsFor(approvalId),
];

const asksShown = 8;

/** `/approve` or `/deny` without an id. */
export function askedReply({approvals}: Status, nowMs: number): Message {
	if (approvals.length === 0) return {head: 'Nothing is asked.', body: ''};
	const more = approvals.length > asksShown ? [`… and ${approvals.length - asksShown} more`] : [];
	const shown = byUrgency(approvals).slice(0, asksShown);
	const body = [...shown.flatMap(approval => askedLines(approval, nowMs)), ...more];
	return {head: `${approvals.length} asked`, body: body.join('\n')};
}

/** `/usage` without a text. */
export const usageReply = (status: Status, nowMs: number): Message => ({
	head: 'usage',
	body: [...windowLines(status, nowMs), spentLine(status)].join('\n'),
});

/** The answer to a command, with the mission's id whether or not the sentence names it. */
export function answerReply({say, todo, missionId}: Answer): Message {
	const id = missionId && !say.includes(missionId) ? [missionId] : [];
	return {head: oneLine(say, 500) || 'Done.', body: [...id, ...(todo ? [oneLine(todo, 1000)] : [])].join('\n')};
}
