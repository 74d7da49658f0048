import {countOf} from '../domain/count-of.js';
import type {DataOf, PilotEvent} from '../domain/event.js';
import type {Receipt} from '../domain/receipt.js';
import {type Cast, durationOf} from './cast.js';

export const markerKinds = ['commit', 'test', 'error', 'question', 'permission', 'tool', 'session'] as const;
export type MarkerKind = (typeof markerKinds)[number];

/** What happened, at a time of the recording. */
export interface Marker {
	readonly atMs: number;
	readonly kind: MarkerKind;
	readonly label: string;
}

/** What happened, at a time of the world. */
export interface TimedNote {
	readonly at: string;
	readonly kind: MarkerKind;
	readonly label: string;
}

function receiptNote({kind, title, verdict, why, counts}: Receipt) {
	if (kind !== 'tests' && kind !== 'criterion') return;
	const told = counts ? `${counts.passed} passed, ${counts.failed} failed` : why;
	return {kind: verdict === 'refuted' ? ('error' as const) : ('test' as const), label: `${title}: ${verdict}: ${told}`};
}

function collectedNote({commits, branch, diffstat}: DataOf<'work.collected'>) {
	if (commits === 0) return;
	const size = diffstat ? ` (${countOf(diffstat.files, 'file')}, +${diffstat.added} −${diffstat.removed})` : '';
	return {kind: 'commit' as const, label: `${countOf(commits, 'commit')}${branch ? ` on ${branch}` : ''}${size}`};
}

type Told = Pick<Marker, 'kind' | 'label'> | undefined;

function told(fact: PilotEvent): readonly Told[] {
	const {type, data} = fact;
	switch (type) {
		case 'session.started':
			return [{kind: 'session', label: `${data.resumed ? 'resumed' : 'started'}: ${data.agent}`}];
		case 'session.ended':
			return [{kind: data.outcome === 'completed' ? 'session' : 'error', label: `${data.outcome}: ${data.why}`}];
		case 'work.collected':
			return [collectedNote(data)];
		case 'receipts.recorded':
			return data.receipts.map(receiptNote);
		case 'question.asked':
			return [{kind: 'question', label: data.question}];
		case 'mission.blocked-by-agent':
			return [{kind: 'question', label: data.reason}];
		case 'step.failed':
			return [{kind: 'error', label: `${data.step}: ${data.why}`}];
		case 'mission.progressed':
			return [{kind: 'session', label: data.note}];
		case 'report.received':
			return [{kind: 'session', label: 'reported'}];
		case 'attempt.retried':
			return [{kind: 'session', label: `tried once more: ${data.why}`}];
		case 'mission.concluded':
			return [{kind: data.state === 'done' ? 'session' : 'error', label: `${data.state}: ${data.why}`}];
		default:
			return [];
	}
}

/** The facts of one attempt that a human jumps to. */
export const notesOfFacts = (facts: readonly PilotEvent[], run: {missionId: string; attempt: number}): TimedNote[] =>
	facts
		.filter(({data}) => 'attempt' in data && data.missionId === run.missionId && data.attempt === run.attempt)
		.flatMap(fact => told(fact).flatMap(note => (note ? [{at: fact.at, ...note}] : [])));

/** A recorder's own marks: `kind: words`, or words alone. */
function ownMarker(atMs: number, text: string): Marker {
	const kind = markerKinds.find(one => text.startsWith(`${one}: `));
	return kind ? {atMs, kind, label: text.slice(kind.length + 2)} : {atMs, kind: 'session', label: text};
}

/** Controls, and characters that reorder or hide what stands beside them. */
const unprintable =
	/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

const oneLine = (text: string) => {
	const line = text.replaceAll(/\s+/g, ' ').replaceAll(unprintable, '').trim();
	return line.length > 120 ? `${line.slice(0, 119)}…` : line;
};

/**
 * What happened in a recording, in order: its own marks, and notes by the time of the world. What was before or after it stands
 * at its beginning or end.
 */
export function timeline(cast: Pick<Cast, 'header' | 'events'>, notes: readonly TimedNote[]): Marker[] {
	const durationMs = durationOf(cast);
	const own = cast.events.flatMap(event => (event.kind === 'mark' ? [ownMarker(event.atMs, event.label)] : []));
	const others = notes.map(({at, kind, label}) => {
		const atMs = Math.max(0, Math.min(durationMs, Date.parse(at) - cast.header.startedMs));
		return {atMs, kind, label};
	});
	return [...own, ...others]
		.filter(({atMs}) => Number.isFinite(atMs))
		.map(marker => ({...marker, label: oneLine(marker.label)}))
		.sort((a, b) => a.atMs - b.atMs);
}
