import {cutTo} from '../domain/cells.js';
import type {Status} from '../domain/status.js';
import {pageLines} from './page.js';
import type {Message, Screen} from './screen.js';

/** How long a row of it stands: what takes two rows takes longer to read, and so does what went wrong. */
const shownMs = {plain: 8000, good: 8000, warn: 15_000, bad: 15_000} as const;

/** Nothing hides what is asked for longer than this many times that. */
const mostTimes = 2;

/** What is said now, in rows of so many cells, at most `most` of them; none when nothing is, or it has been said for long enough. */
export function messageLines(message: Message | undefined, nowMs: number, columns: number, most: number): string[] {
	if (!message || most < 1) return [];
	const lines = pageLines({title: '', kind: 'plain', text: `» ${message.text}`}, columns).map(({text}) => text);
	if (nowMs - message.atMs >= shownMs[message.tone] * Math.min(mostTimes, lines.length)) return [];
	return lines.length <= most ? lines : [...lines.slice(0, most - 1), cutTo(`${lines[most - 1]} …`, columns)];
}

/** A dialog says itself what there is to say: below it nobody would see it. */
export const isUnderDialog = ({dialog}: Screen) => dialog !== 'none' && dialog !== 'filter';

/** What a command does, and what it makes the pilot ask, is seen within this, and is no news. */
const effectMs = 2000;

const statesOf = ({missions}: Status, ids: readonly string[]) =>
	missions.flatMap(({id, state}) => (ids.includes(id) ? `${id} ${state}` : [])).join();

const asks = (before: Status | undefined, {approvals}: Status) =>
	approvals.some(({approvalId}) => !before?.approvals.some(known => known.approvalId === approvalId));

/** What went well is not told any longer once something else has become of it, or a question has come. */
export function messageAfter(
	message: Message | undefined,
	nowMs: number,
	{before, now}: {readonly before: Status | undefined; readonly now: Status},
): Message | undefined {
	if (!message || !before || message.tone === 'warn' || message.tone === 'bad') return message;
	if (nowMs - message.atMs < effectMs) return message;
	const isOver = statesOf(before, message.about) !== statesOf(now, message.about) || asks(before, now);
	return isOver ? undefined : message;
}
