import fc from 'fast-check';
import type {MissionState} from '../../src/domain/mission.js';
import {type Edit, parseQueue} from '../../src/queue/index.js';
import {documents, idsOf, linesOf} from './documents.js';

export const mark = (id: string, state: MissionState, doneOn?: string): Edit => ({
	op: 'mark',
	id,
	state,
	...(doneOn ? {doneOn} : {}),
});

const state = fc.constantFrom<MissionState[]>(
	'pending',
	'in-progress',
	'blocked',
	'parked',
	'failed',
	'unproven',
	'done',
);

const hasCopies = (bytes: Buffer) => parseQueue(bytes).problems.some(({what}) => what.includes('another'));

/** A document with marks for some of its missions. */
export const markedOf = (from: fc.Arbitrary<Buffer>) =>
	from.chain(bytes => {
		const ids = idsOf(bytes);
		const one = fc
			.record({at: fc.nat(Math.max(ids.length - 1, 0)), state})
			.map(({at, state}) => mark(ids[at] ?? 'm-000000', state, '2026-01-30'));
		return fc.record({bytes: fc.constant(bytes), edits: fc.array(one, {minLength: 1, maxLength: 4})});
	});
/** The same, of documents without two missions of one id. */
export const marked = markedOf(documents.filter(bytes => !hasCopies(bytes)));

/** Ids of the missions that the edits are about. */
export const touchedBy = (edits: readonly Edit[]) =>
	new Set(edits.map(one => (one.op === 'append' ? one.mission.id : one.id)));

/** Lines that are no first line of a marked item, nor headings that may have been added. */
export function untouched(bytes: Buffer, ids: ReadonlySet<string>): string[] {
	const heads = new Set(
		parseQueue(bytes)
			.items.filter(({mission}) => ids.has(mission.id))
			.map(({line}) => line - 1),
	);
	return linesOf(bytes)
		.filter((line, at) => !heads.has(at) && line.trim() !== '' && !line.includes('## ') && line !== '<!-- -->')
		.sort();
}
