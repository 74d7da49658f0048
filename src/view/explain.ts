import {countOf} from '../domain/count-of.js';
import type {Sample} from '../domain/estimate.js';
import type {DataOf, PilotEvent} from '../domain/event.js';
import {totalTokens} from '../domain/tokens.js';
import {factLine} from './fact-line.js';
import {clockTime, shortCount, shortDuration} from './format.js';

/** Facts that say where a mission stands; the last of them is why it stands there. */
const deciding: ReadonlySet<PilotEvent['type']> = new Set([
	...(['mission.added', 'mission.claimed', 'mission.concluded', 'mission.requeued', 'mission.restored'] as const),
	...(['mission.refused', 'mission.skipped', 'mission.stop-asked', 'claim.lost', 'attempt.retried'] as const),
	...(['session.started', 'session.ended', 'session.taken', 'session.handed-back', 'step.failed'] as const),
	...(['approval.asked', 'approval.settled'] as const),
]);

interface Attempt {
	readonly number: number;
	ended: Ended[];
	words: string[];
}

const list = (lines: readonly string[]) => lines.map(line => `- ${line}`).join('\n');
const part = (title: string, text: string) => (text === '' ? [] : [`## ${title}\n\n${text}`]);

function attemptsOf(facts: readonly PilotEvent[]): Attempt[] {
	const attempts = new Map<number, Attempt>();
	for (const {type, data} of facts) {
		if (!('attempt' in data) || data.attempt === undefined) continue;
		const attempt = attempts.get(data.attempt) ?? {number: data.attempt, ended: [], words: []};
		attempts.set(data.attempt, attempt);
		if (type === 'session.ended') attempt.ended.push(data);
		if (type === 'attempt.retried') attempt.words.push(`did not do: ${data.why}`);
		if (type === 'mission.concluded') attempt.words.push(`${data.state}: ${data.why}`);
	}
	return [...attempts.values()];
}

type Ended = DataOf<'session.ended'>;

const sumOf = (sessions: readonly Ended[], of: (session: Ended) => number) =>
	sessions.reduce((total, session) => total + of(session), 0);

/** The sessions of a mission that ended, oldest first. */
export const endedSessions = (facts: readonly PilotEvent[]): Ended[] =>
	facts.flatMap(({type, data}) => (type === 'session.ended' ? [data] : []));

/** What sessions took together. */
export const takenBy = (sessions: readonly Ended[]): Omit<Sample, 'quotaPoints'> => ({
	minutes: sumOf(sessions, ({durationMs}) => durationMs) / 60_000,
	tokens: sumOf(sessions, ({tokens}) => totalTokens(tokens)),
	costUsd: sumOf(sessions, ({costUsd}) => costUsd),
});

function costOf(sessions: readonly Ended[]): string {
	if (sessions.length === 0) return 'no session of it has ended';
	const {minutes, tokens, costUsd} = takenBy(sessions);
	const turns = countOf(
		sumOf(sessions, session => session.turns),
		'turn',
	);
	const took = `${shortDuration(minutes * 60_000)} in ${countOf(sessions.length, 'session')}`;
	return `$${costUsd.toFixed(2)}, ${shortCount(tokens)} tokens, ${turns}, ${took}`;
}

function placesOf(facts: readonly PilotEvent[]): string[] {
	const places = new Map<string, string>();
	for (const {type, data} of facts) {
		if (type === 'checkout.made') places.set('checkout', data.path);
		if (type === 'work.collected' && data.branch) places.set('branch', data.branch);
		if (type === 'mission.published' && data.commit)
			places.set('workspace commit', `${data.commit}${data.pushed ? ', pushed' : ''}`);
		const text = type === 'report.received' ? `${data.report.summary}\n${data.report.report}` : '';
		const link = /https:\/\/[\w.-]+\/[\w./-]+\/(?:pull|pulls|merge_requests)\/\d+/.exec(text)?.[0];
		if (link) places.set('pull request', link);
	}
	return [...places].map(([name, value]) => `${name}: ${value}`);
}

const weighs: Readonly<Record<string, number>> = {refuted: 1, missing: 0};

/** Receipts that speak against it, of the last time that they were gathered. */
function againstOf(facts: readonly PilotEvent[]): string[] {
	const last = facts.findLast(({type}) => type === 'receipts.recorded');
	if (last?.type !== 'receipts.recorded') return [];
	return last.data.receipts
		.filter(({verdict}) => verdict in weighs)
		.sort((a, b) => (weighs[b.verdict] ?? 0) - (weighs[a.verdict] ?? 0))
		.map(({verdict, title, why}) => `${verdict === 'refuted' ? '✗' : '?'} ${title}: ${why}`);
}

/**
 * Which fact gave a mission the state that it has, when; what each attempt cost and came to; where its work lies.
 *
 * @param facts Those of one mission, oldest first.
 */
export function explanation(facts: readonly PilotEvent[], nowMs: number): string {
	const last = facts.findLast(({type}) => deciding.has(type));
	const said = last && factLine(last);
	const attempts = attemptsOf(facts).map(
		({number, ended, words}) => `attempt ${number}: ${[costOf(ended), ...words].join('; ')}`,
	);
	const all = endedSessions(facts);
	return [
		...(last && said
			? part(
					'Why it stands where it stands',
					`${clockTime(last.at, nowMs)}, fact ${last.seq} (${last.type}): ${said.text}`,
				)
			: []),
		...part('What speaks against it', list(againstOf(facts))),
		...part('Attempts', list(attempts)),
		...(attempts.length > 1 ? part('All together', costOf(all)) : []),
		...part('Where it lies', list(placesOf(facts))),
	].join('\n\n');
}
