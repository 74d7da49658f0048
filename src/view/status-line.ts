import type {Status} from '../domain/status.js';
import {aheadLine, nextLine} from './format.js';
import {gauges, runsLine} from './gauge.js';
import {fitParts, type Part} from './parts.js';
import {plainText} from './plain-text.js';
import {reasonOf} from './queue-entries.js';
import {runningSessions} from './shown-session.js';
import {missionSigns, pilotSigns} from './theme.js';

const counted = (count: number, {shape, word, tone}: {shape: string; word: string; tone: Part['tone']}): Part => ({
	text: count > 0 ? `${shape} ${count} ${word}` : '',
	tone,
});

/** How many questions a human is asked now. */
export const askedPart = ({approvals}: Pick<Status, 'approvals'>): Part => ({
	text: approvals.length > 0 ? `! ${approvals.length} ask${approvals.length === 1 ? 's' : ''} you` : '',
	tone: 'warn',
	bold: true,
});

/** What only a human can go on with. */
const needsParts = (status: Status): Part[] => [
	askedPart(status),
	counted(status.queue.blocked, missionSigns.blocked),
	counted(status.queue.unproven, missionSigns.unproven),
	counted(status.queue.failed, missionSigns.failed),
];

/** What comes after that which runs: a time if one is known, else the mission whose turn is next. */
export function thenText(status: Status, nowMs: number): string {
	const running = status.missions.filter(({state}) => state === 'in-progress');
	const isOfRunning = status.next.at === undefined && running.some(({id}) => status.next.what === `^${id}`);
	if (!isOfRunning) return `next: ${nextLine(status, nowMs)}`;
	const waiting = status.missions.filter(({state}) => state === 'pending');
	// What waits for a human, or for another mission, is not what comes next.
	const coming = waiting.find(({why}) => /^(?:next|its turn)\b/.test(why)) ?? waiting[0];
	return coming
		? `next: ${coming.title}, ${reasonOf(coming, nowMs).replace(/^next, /, '')}`
		: 'next: nothing is pending';
}

/** The fullest quota window: `5-hour 42 %`; '' while nobody knows of any. */
function quotaPart(status: Status, nowMs: number): Part {
	const known = gauges(status, nowMs).filter(({usedPercent}) => usedPercent !== undefined);
	const fullest = known.toSorted((a, b) => (b.usedPercent ?? 0) - (a.usedPercent ?? 0))[0];
	return fullest ? {text: `${fullest.name} ${fullest.used}`, tone: fullest.tone} : {text: '', tone: 'dim'};
}

/** State, what runs, how much waits, what needs you, quota: with the rank by which they give way. */
function summaryParts(status: Status, nowMs: number): Part[] {
	const sign = pilotSigns[status.state];
	const running = runningSessions(status).length;
	const isOpen = status.queue.inProgress > 0;
	return [
		{text: `${sign.shape} ${sign.word}`, tone: sign.tone, bold: true},
		...needsParts(status).map((part, index) => ({...part, spare: index + 1})),
		{text: running > 0 ? `${running} session${running === 1 ? '' : 's'}` : '', tone: 'plain', spare: 6},
		{text: status.queue.pending > 0 ? `${status.queue.pending} waiting` : '', tone: 'plain', spare: 5},
		{...quotaPart(status, nowMs), spare: 7},
		{text: isOpen ? plainText(aheadLine(status, nowMs)) : '', tone: 'plain', spare: 8, least: 28},
		{text: plainText(thenText(status, nowMs)), tone: 'dim', spare: 9, least: 16},
	];
}

const unknown = (isNew: boolean): Part => ({
	text: isNew ? '○ looking for the pilot' : '! pilot does not answer',
	tone: isNew ? 'plain' : 'bad',
});

interface Known {
	readonly status: Status | undefined;
	readonly answering: boolean;
	readonly nowMs: number;
}

/** All of it in one line. */
export function statusLine({status, answering, nowMs}: Known, columns: number): Part[] {
	const parts = answering && status ? summaryParts(status, nowMs) : [unknown(status === undefined)];
	return fitParts(parts, columns);
}

/** As many lines as a small window has: all in one, then what runs, what comes next, what it costs, what is asked. */
export function statusLines(known: Known, columns: number, rows: number): Part[][] {
	const {status, answering, nowMs} = known;
	if (rows < 2 || !status || !answering) return [statusLine(known, columns)];
	const running = status.missions.filter(({state}) => state === 'in-progress');
	const needy = status.missions.filter(({state}) => ['blocked', 'unproven', 'failed'].includes(state));
	const told = (text: string, tone: Part['tone']) => fitParts([{text: plainText(text), tone}], columns);
	const summary = summaryParts(status, nowMs).slice(0, -2);
	return [
		fitParts(summary, columns),
		...running.map(({title, why}) => told(`${missionSigns['in-progress'].shape} ${title}: ${why}`, 'live')),
		...status.approvals.map(({what, missionId}) => told(`! ^${missionId} ${what}`, 'warn')),
		told(thenText(status, nowMs), 'plain'),
		...needy.map(({state, title, why}) =>
			told(`${missionSigns[state].shape} ${title}: ${why}`, missionSigns[state].tone),
		),
		told(runsLine(status), 'dim'),
	].slice(0, rows);
}
