import {countOf} from '../domain/count-of.js';
import type {Status} from '../domain/status.js';
import {aheadLine, runningMissions} from './format.js';
import {gauges, runsLine} from './gauge.js';
import {heldBy, thenText} from './next-words.js';
import {fitParts, type Part} from './parts.js';
import {plainText} from './plain-text.js';
import {runningSessions} from './shown-session.js';
import {missionSigns, pilotSigns, type Sign} from './theme.js';

const counted = (count: number, {shape, word, tone}: {shape: string; word: string; tone: Part['tone']}): Part => ({
	text: count > 0 ? `${shape} ${count} ${word}` : '',
	tone,
});

/** A session that has ended asked in words, and is answered in words. */
export const asksInWords = ({state, why}: Status['missions'][number]): boolean =>
	state === 'parked' && why.startsWith('needs an answer');

/** How many questions a human is asked now, whether something stands still for them or was parked. */
export function askedPart({approvals, queue, missions}: Pick<Status, 'approvals' | 'queue' | 'missions'>): Part {
	const inWords = queue.parked > 0 ? missions.filter(asksInWords).length : 0;
	const count = approvals.length + inWords;
	return {text: count > 0 ? `! ${countOf(count, 'question')}` : '', tone: 'warn', bold: true};
}

/** What only a human can go on with. */
const needsParts = (status: Status): Part[] => [
	askedPart(status),
	counted(status.queue.blocked, missionSigns.blocked),
	counted(status.queue.unproven, missionSigns.unproven),
	counted(status.queue.failed, missionSigns.failed),
];

/** Of a pilot whose sessions all stand still for an answer, `running` would be half the truth. */
export const stateSign = (status: Pick<Status, 'state' | 'missions' | 'approvals'>): Sign =>
	status.state === 'running' && heldBy(status)
		? {shape: '!', word: 'waits for you', tone: 'warn'}
		: pilotSigns[status.state];

/** The fullest quota window: `5-hour 42 %`; '' while nobody knows of any. */
function quotaPart(status: Status, nowMs: number): Part {
	const known = gauges(status, nowMs).filter(({usedPercent}) => usedPercent !== undefined);
	const fullest = known.toSorted((a, b) => (b.usedPercent ?? 0) - (a.usedPercent ?? 0))[0];
	return fullest ? {text: `${fullest.name} ${fullest.used}`, tone: fullest.tone} : {text: '', tone: 'dim'};
}

/** State, what runs, how much waits, what needs you, quota: with the rank by which they give way. */
function summaryParts(status: Status, nowMs: number): Part[] {
	const sign = stateSign(status);
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
	const running = runningMissions(status);
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
