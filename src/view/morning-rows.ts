import {cellsOf} from '../domain/cells.js';
import {countOf} from '../domain/count-of.js';
import type {MorningMission, MorningReport, MorningWindow, ProofCount} from '../domain/morning.js';
import {noEstimate, shortWindow} from './estimate-words.js';
import {clockTime, shortCount, shortDuration} from './format.js';
import {plainText} from './plain-text.js';
import {missionSigns, type Sign} from './theme.js';

/** A part of a row, in its tone. */
export interface MorningPart {
	readonly text: string;
	readonly tone: Sign['tone'];
}

/** One row of the report; plain text. */
export interface MorningRow extends MorningPart {
	/** Stands at the right edge, and is never cut. */
	readonly right?: string;
	readonly bold?: boolean;
	/** The mission that one goes to from here; only the first row of each has it. */
	readonly missionId?: string;
	/** Something that is asked: of the pilot, by this id, or in words that missions.md answers. */
	readonly asks?: {readonly approvalId: string | undefined};
}

const wordCells = Math.max(...Object.values(missionSigns).map(({word}) => word.length));
const money = (usd: number) => (usd >= 0.005 ? `$${usd.toFixed(2)}` : '');

/** How many ended how, what is asked: for the first glance. */
export function morningCounts({needsYou, questions, done}: MorningReport): MorningPart[] {
	const counted = (['failed', 'unproven', 'blocked', 'parked', 'done'] as const).map(state => {
		const {shape, word, tone} = missionSigns[state];
		const count = [...needsYou, ...done].filter(mission => mission.state === state).length;
		return {text: `${shape} ${count} ${word}`, tone, count};
	});
	const asks = {text: `! ${questions.length} asked of you`, tone: 'warn' as const, count: questions.length};
	const told = [...counted.slice(0, -1), asks, ...counted.slice(-1)].filter(({count}) => count > 0);
	return told.length > 0 ? told : [{text: 'No mission has ended.', tone: 'plain'}];
}

function windowWords({kind, usedPercent, fromPercent, pilotPoints, resetsAt}: MorningWindow, nowMs: number): string {
	const from = fromPercent === undefined ? '' : `${Math.round(fromPercent)} → `;
	const isOver = resetsAt !== undefined && Date.parse(resetsAt) <= nowMs;
	const resets = resetsAt ? `, ${isOver ? 'has reset' : 'resets'} ${clockTime(resetsAt, nowMs)}` : '';
	const pilot = pilotPoints ? ` (pilot ≤ ${Math.ceil(pilotPoints)})` : '';
	return `${shortWindow(kind)} ${from}${Math.round(usedPercent)} %${pilot}${resets}`;
}

/** Money, tokens and time. */
export function spentLine({spent}: MorningReport): string {
	if (spent.sessions === 0) return 'nothing: no session ran';
	const {sessions, costUsd, tokens, durationMs} = spent;
	return `$${costUsd.toFixed(2)}, ${countOf(sessions, 'session')}, ${shortCount(tokens)} tokens, ${shortDuration(durationMs)}`;
}

/** `5-hour 29 → 42 % (pilot ≤ 13), resets 21:00; weekly …`, without the resets where these have no room; '' where no window is known. */
export function quotaLine(
	{spent: {windows}}: MorningReport,
	nowMs: number,
	columns = Number.POSITIVE_INFINITY,
): string {
	const told = (all: readonly MorningWindow[]) => plainText(all.map(window => windowWords(window, nowMs)).join('; '));
	const full = told(windows);
	return cellsOf(full) <= columns ? full : told(windows.map(({resetsAt: _, ...window}) => window));
}

/** `13m, 56k tokens, estimated 9m, 50k tokens (3 of 4 missions)`; '' where no session ran. */
export function costLine({spent}: MorningReport): string {
	const {against, sessions} = spent;
	if (!against) return sessions === 0 ? '' : noEstimate;
	const {missions, ended, minutes, tokens, expectedMinutes, expectedTokens} = against;
	const told = (ofMinutes: number, ofTokens: number) =>
		[shortDuration(ofMinutes * 60_000), ofTokens > 0 ? `${shortCount(ofTokens)} tokens` : '']
			.filter(Boolean)
			.join(', ');
	const of = missions === ended ? countOf(missions, 'mission') : `${missions} of ${countOf(ended, 'mission')}`;
	return `${told(minutes, tokens)}, estimated ${told(expectedMinutes, expectedTokens)} (${of})`;
}

const proofWords = {
	criterion: 'criterion',
	tests: 'tests',
	diff: 'change',
	unchanged: 'no file changed',
	report: 'report',
};

/** `change, tests, 2 criteria`. */
const byWords = (by: readonly ProofCount[]): string =>
	by.map(({kind, count}) => (kind === 'criterion' && count > 1 ? `${count} criteria` : proofWords[kind])).join(', ');

function proofOf({state, receipts, diffstat, branch, costUsd}: MorningMission): string {
	const change = diffstat && branch ? `+${diffstat.added} -${diffstat.removed}` : '';
	const count = receipts ? `${receipts.met} of ${receipts.wanted} receipts` : '';
	// Of what is done all hold: what they are says more than how many.
	const proof = receipts && state === 'done' && receipts.by.length > 0 ? `proof: ${byWords(receipts.by)}` : count;
	return [proof, change, money(costUsd)].filter(Boolean).join('  ');
}

function missionRows(mission: MorningMission, nowMs: number): MorningRow[] {
	const {shape, word, tone} = missionSigns[mission.state];
	const isDone = mission.state === 'done';
	const about = isDone ? mission.summary : mission.why;
	const tries = mission.attempt > 1 ? `attempt ${mission.attempt}: ` : '';
	const where = isDone && mission.branch ? `branch ${mission.branch}: ` : '';
	return [
		{
			text: `${shape} ${word.padEnd(wordCells)} ${plainText(mission.title)}`,
			tone,
			right: proofOf(mission),
			missionId: mission.id,
		},
		{
			text: `  ${' '.repeat(wordCells)} ${clockTime(mission.at, nowMs)} ${plainText(`${tries}${where}${about}`)}`,
			tone: isDone ? 'dim' : 'plain',
		},
	];
}

/** Without the time that stands before it. */
const reasonIn = (text: string) => text.trim().replace(/^(?:\S+ )?\d\d:\d\d /, '');

/** How far a key moves among so many rows that can be selected, from one of them; undefined for a key that does not move. */
export function morningMove(
	name: string,
	at: number,
	{count, page}: {count: number; page: number},
): number | undefined {
	const steps: Readonly<Record<string, number>> = {
		...{j: 1, down: 1, tab: 1, k: -1, up: -1, g: -count, home: -count, G: count, end: count},
		...{' ': page, pagedown: page, 'ctrl-f': page, b: -page, pageup: -page, 'ctrl-b': -page},
	};
	const step = steps[name];
	return step === undefined ? undefined : Math.max(0, Math.min(count - 1, at + step));
}

const head = (text: string): MorningRow => ({text, tone: 'plain', bold: true});
const gap: MorningRow = {text: '', tone: 'plain'};

function section(title: string, rows: readonly MorningRow[]): MorningRow[] {
	return rows.length === 0 ? [] : [gap, head(title), ...rows];
}

function haltRows({halts}: MorningReport, nowMs: number): MorningRow[] {
	return halts.map(({why, from, until}) => {
		const over = until ? `–${clockTime(until, nowMs)}` : ', and still';
		return {text: plainText(`‖ ${clockTime(from, nowMs)}${over}: ${why}`), tone: until ? 'dim' : 'warn'};
	});
}

/** As `morningRows`; where there are more of them than fit, each mission and each question has one. */
export function fittingRows(report: MorningReport, nowMs: number, height: number): MorningRow[] {
	const rows = morningRows(report, nowMs);
	if (rows.length <= height) return rows;
	return rows.flatMap((row, at) => {
		if (row === gap || rows[at - 1]?.missionId !== undefined) return [];
		// Of what is done the proof says most, of what needs somebody the reason.
		if (row.missionId === undefined || row.asks || row.tone === missionSigns.done.tone) return [row];
		const {right: _, ...one} = row;
		return [{...one, text: `${row.text}: ${reasonIn(rows[at + 1]?.text ?? '')}`}];
	});
}

/** Everything below the first glance: what needs a human, what is asked, what stood still, what is done. */
export function morningRows(report: MorningReport, nowMs: number): MorningRow[] {
	const questions = report.questions.flatMap(({missionId, title, text, approvalId}): MorningRow[] => [
		{
			text: `! ${'asked'.padEnd(wordCells)} ${plainText(text)}`,
			tone: 'warn',
			right: approvalId ?? '',
			missionId,
			asks: {approvalId},
		},
		{text: `  ${' '.repeat(wordCells)} ${plainText(title) || `^${missionId}`}`, tone: 'dim'},
	]);
	const rows = [
		...section(
			'Needs you',
			report.needsYou.flatMap(mission => missionRows(mission, nowMs)),
		),
		...section('Asked of you', questions),
		...section('Stood still', haltRows(report, nowMs)),
		...section(
			'Done',
			report.done.flatMap(mission => missionRows(mission, nowMs)),
		),
	];
	return rows.slice(1);
}

/** When it is of: `Fri 23:10 until now, 8h12m`. */
export const morningSpan = ({since, until}: MorningReport) => {
	const untilMs = Date.parse(until);
	return `since ${clockTime(since, untilMs)}, ${shortDuration(untilMs - Date.parse(since))}`;
};

/** All of it in lines, for a terminal without a screen. */
export function morningText(report: MorningReport, next: string): string {
	const nowMs = Date.parse(report.until);
	const cost = costLine(report);
	const quota = quotaLine(report, nowMs);
	const rows = morningRows(report, nowMs).map(({text, right, missionId}) =>
		[text, right, missionId && `^${missionId}`].filter(Boolean).join('  '),
	);
	return [
		`Morning report ${morningSpan(report)}`,
		morningCounts(report)
			.map(({text}) => text)
			.join('  '),
		`Spent  ${spentLine(report)}`,
		...(quota ? [`Quota  ${quota}`] : []),
		...(cost ? [`Cost   ${cost}`] : []),
		`Next   ${plainText(next)}`,
		...(rows.length > 0 ? ['', ...rows] : []),
	].join('\n');
}
