import {priorityName} from '../domain/priority.js';
import type {Status} from '../domain/status.js';
import {windowName} from '../domain/window-name.js';
import {pilotWords} from './pilot-words.js';

const two = (value: number) => String(value).padStart(2, '0');
const hourOf = (date: Date) => `${two(date.getHours())}:${two(date.getMinutes())}`;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Fri 14:02`: what times that are told are to be read against. */
export function dayAndTime(ms: number): string {
	const date = new Date(ms);
	return `${weekdays[date.getDay()]} ${hourOf(date)}`;
}

/** `14:02` today, `Fri 14:02` within a week, `2026-01-30 14:02` beyond; in the zone of whoever reads. */
export function clockTime(iso: string, nowMs: number): string {
	const date = new Date(iso);
	if (Number.isNaN(date.getTime())) return iso;
	const time = hourOf(date);
	if (date.toDateString() === new Date(nowMs).toDateString()) return time;
	const days = Math.abs(date.getTime() - nowMs) / 86_400_000;
	if (days < 7) return `${weekdays[date.getDay()]} ${time}`;
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

/** `45s`, `12m`, `3h05m`, `3d 4h`. */
export function shortDuration(ms: number): string {
	const seconds = Math.max(0, Math.round(ms / 1000));
	if (seconds < 60) return `${seconds}s`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
	if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)}d ${Math.floor((seconds % 86_400) / 3600)}h`;
	return `${Math.floor(seconds / 3600)}h${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')}m`;
}

/** `950`, `12k`, `3.4M`. */
export function shortCount(count: number): string {
	if (count < 1000) return String(count);
	if (count < 1_000_000) return `${Math.round(count / 1000)}k`;
	return `${(count / 1_000_000).toFixed(1)}M`;
}

/** What the pilot does next, in one line. */
export function nextLine({next, missions}: Pick<Status, 'next' | 'missions'>, nowMs: number): string {
	if (next.what === 'the next mission' && !next.at) return next.why;
	const title = missions.find(({id}) => next.what === `^${id}`)?.title;
	const what = title === undefined || title === next.why ? next.what : title;
	// What is cut where there is little room is the reason, and not the time.
	return `${next.at ? `at ${clockTime(next.at, nowMs)} ` : ''}${what}: ${next.why}`;
}

/** Those that are worked on. They are the first of all: ten thousand others need not be looked at. */
export function runningMissions({missions}: Pick<Status, 'missions'>): Status['missions'] {
	const end = missions.findIndex(({state}) => state !== 'in-progress');
	return end === -1 ? missions : missions.slice(0, end);
}

/** What is being done now; when nothing is, what comes next and when. */
export function aheadLine(status: Pick<Status, 'next' | 'missions'>, nowMs: number): string {
	const running = runningMissions(status);
	const [first] = running;
	if (!first) return `next: ${nextLine(status, nowMs)}`;
	return `now: ${first.title}${running.length > 1 ? ` and ${running.length - 1} more` : ''}`;
}

const plural = (count: number, word: string) => `${count} ${word}`;

/** The queue in numbers, without the zeros. */
export function queueLine({queue}: Pick<Status, 'queue'>): string {
	const parts = [
		[queue.inProgress, 'in progress'],
		[queue.pending, 'pending'],
		[queue.blocked, 'blocked'],
		[queue.parked, 'parked'],
		[queue.unproven, 'unproven'],
		[queue.failed, 'failed'],
		[queue.done, 'done'],
	] as const;
	return (
		parts
			.filter(([count]) => count > 0)
			.map(([count, word]) => plural(count, word))
			.join(', ') || 'empty'
	);
}

export function windowLine(window: Status['budget']['windows'][number], nowMs: number): string {
	const used = window.usedPercent === undefined ? 'unknown' : `${Math.round(window.usedPercent)} %`;
	const resets = window.resetsAt ? `, resets ${clockTime(window.resetsAt, nowMs)}` : '';
	const age = shortDuration(nowMs - Date.parse(window.measuredAt));
	const pilot = [used, pilotWords(window)].filter(Boolean).join(' ');
	return `${windowName(window.kind)}: ${pilot}${resets} (${window.source}, ${age} ago)`;
}

/** The budget in lines: windows, runs, tokens, money. */
export function budgetLines({budget}: Pick<Status, 'budget'>, nowMs: number): string[] {
	const {runsToday, runsPerDay, costTodayUsd, tokensToday, windows} = budget;
	return [
		...(windows.length > 0
			? windows.map(window => windowLine(window, nowMs))
			: ['quota windows: unknown (nothing has reported them yet; paste /usage with `pilot-tui usage -`)']),
		`runs today (UTC): ${runsToday} of ${runsPerDay ?? 'no limit'}`,
		`tokens today: ${shortCount(tokensToday.reactive)} for you, ${shortCount(tokensToday.proactive)} of its own accord`,
		`cost today, as the agents report it: $${costTodayUsd.toFixed(2)}`,
	];
}

export const missionLine = (mission: Status['missions'][number], nowMs: number) => {
	const when = mission.startsAt ? `starts ${clockTime(mission.startsAt, nowMs)}: ` : '';
	const marks = [
		mission.priority === 3 ? '' : priorityName(mission.priority),
		mission.access === 'read' ? '' : mission.access,
	].filter(Boolean);
	return `^${mission.id} ${mission.state}${marks.length > 0 ? ` (${marks.join(', ')})` : ''} ${mission.title}: ${when}${mission.why}`;
};

/** What `pilot-tui status` says: state, what runs, what is next, queue, budget. */
export function statusText(status: Status, nowMs: number): string {
	const running = status.sessions.filter(session => session.phase !== 'ended');
	return [
		`${status.state} (pid ${status.pid}, up ${shortDuration(nowMs - Date.parse(status.startedAt))}${status.watchers === 0 ? ', nobody watching' : ''})`,
		...running.map(
			session =>
				`  ^${session.missionId} ${session.agent}${session.simulated ? ' (simulated)' : ''} ${session.phase}: ${session.why}`,
		),
		`next: ${nextLine(status, nowMs)}`,
		`queue: ${queueLine(status)}`,
		...status.problems.map(problem => `problem: ${problem}`),
		...(status.git.trouble ? [`git: ${status.git.trouble}`] : []),
		...status.reach,
		...budgetLines(status, nowMs),
	].join('\n');
}
