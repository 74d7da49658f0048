import type {Status} from '../domain/status.js';
import {aheadLine, dayAndTime, shortDuration} from './format.js';
import {thenText} from './next-words.js';
import {fitParts, type Part} from './parts.js';
import {plainText} from './plain-text.js';
import {askedPart, stateSign} from './status-line.js';

/** Keys wait so long for it that somebody notices. */
const slowMs = 250;

function gitParts({branch, remote, ahead, behind, trouble}: Status['git'], columns: number): Part[] {
	if (!branch) return [{text: 'no git', tone: 'plain', spare: 3}];
	const distance = remote === null ? ', no remote' : ` ↑${ahead} ↓${behind}`;
	const place: Part = {text: `${branch}${distance}`, tone: trouble ? 'warn' : 'plain', least: 12, spare: 3};
	return trouble
		? [{...place, text: `${place.text} ! ${trouble}`, least: Math.floor(columns * 0.7), spare: 0}]
		: [place];
}

/** `desk-1 3m ago, holds ^m-4k2p9q`: another machine on this queue. */
function machineText({name, seenAt, missions}: NonNullable<Status['machines']>[number], nowMs: number): string {
	const age = seenAt === undefined ? 'not seen yet' : `${shortDuration(nowMs - Date.parse(seenAt))} ago`;
	const [first] = missions;
	const more = missions.length > 1 ? ` and ${missions.length - 1} more` : '';
	return `${name} ${age}${first === undefined ? '' : `, holds ^${first}${more}`}`;
}

const lagPart = ({lag}: Status): Part =>
	lag && lag.p50Ms >= slowMs
		? {text: `! answers ${(lag.p50Ms / 1000).toFixed(1)}s late`, tone: 'warn'}
		: {text: '', tone: 'plain'};

const watching = (watchers: number) => (watchers === 0 ? 'nobody watching' : `${watchers} watching`);

/** The mode is told where it is not the usual one: then it is why nothing starts by itself. */
const modePart = ({mode}: Status): Part =>
	mode === 'autonomous' ? {text: mode, tone: 'dim', spare: 2} : {text: mode, tone: 'warn', spare: 1};

/** Why it is off is told where there is room. */
const channelText = (line: string, columns: number) => (columns < 140 ? line.replace(/ \(.*\)$/, '') : line);

const isOn = (line: string) => !line.includes(' off');

function place(status: Status, nowMs: number, columns: number): Part[] {
	const [telegram, ...others] = status.reach;
	return [
		...gitParts(status.git, columns),
		{
			text: status.queue.inProgress > 0 ? thenText(status, nowMs) : '',
			tone: 'plain',
			least: Math.floor(columns / 2),
			spare: 2,
		},
		...(telegram === undefined
			? []
			: [{text: channelText(telegram, columns), tone: isOn(telegram) ? 'dim' : 'plain', spare: 4, least: 13} as const]),
		...(status.machines ?? []).map(
			machine => ({text: machineText(machine, nowMs), tone: 'dim', spare: 5, least: 20}) as const,
		),
		...others.map(text => ({text, tone: 'dim', spare: 7}) as const),
		{text: watching(status.watchers), tone: status.watchers === 0 ? 'plain' : 'dim', spare: 8},
		{text: status.machine, tone: 'dim', spare: 9, least: 8},
	];
}

/** The two rows of the header: where the pilot stands and what it does; what comes next and how it is connected. */
export function headerRows(workspace: string, status: Status, nowMs: number, columns: number): [Part[], Part[]] {
	const sign = stateSign(status);
	const first: Part[] = [
		{text: workspace, tone: 'plain', bold: true, least: Math.floor(columns / 4)},
		{text: `${sign.shape} ${sign.word}`, tone: sign.tone, bold: true},
		modePart(status),
		lagPart(status),
		askedPart(status),
		{text: aheadLine(status, nowMs), tone: 'plain', least: Math.floor(columns * 0.57)},
		{text: dayAndTime(nowMs), tone: 'dim', spare: 3},
	];
	const plain = (parts: readonly Part[]) => parts.map(part => ({...part, text: plainText(part.text)}));
	return [fitParts(plain(first), columns), fitParts(plain(place(status, nowMs, columns)), columns)];
}
