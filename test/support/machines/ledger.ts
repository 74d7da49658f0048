import type {MissionState} from '../../../src/domain/mission.js';
import {parseQueue} from '../../../src/queue/index.js';
import {advanceOf} from '../../../src/queue/marks.js';
import {wordsOf} from './people.js';

/** Holds what people wrote and what pilots marked, wherever it was, and says what of it is missing in the end. */
export function createLedger(start: string) {
	const written = new Set(wordsOf(start).keys());
	const removed = new Set<string>();
	const marks = new Map<string, MissionState>();
	const handled = new Set<string>();
	return {
		/** A human saved `after` over `before`. */
		edited(before: string, after: string, missions: readonly string[]) {
			const [was, is] = [wordsOf(before), wordsOf(after)];
			for (const word of is.keys()) written.add(word);
			for (const [word, count] of was) if ((is.get(word) ?? 0) < count) removed.add(word);
			for (const id of missions) handled.add(id);
		},
		marked(id: string, state: MissionState) {
			const before = marks.get(id);
			if (!before || advanceOf(state) > advanceOf(before)) marks.set(id, state);
		},
		troubles(text: string): string[] {
			const there = wordsOf(text);
			const lost = [...written].filter(word => !removed.has(word) && !there.has(word));
			const {items, problems} = parseQueue(Buffer.from(text));
			const states = new Map(items.map(item => [item.mission.id, item.state]));
			const unmarked = [...marks].filter(([id, state]) => !handled.has(id) && states.get(id) !== state);
			const ids = text.match(/(?<!> .*)\^m-\w{6}$/gm) ?? [];
			return [
				...lost.map(word => `lost a human's ${word}`),
				...unmarked.map(([id, state]) => `lost the mark ${state} of ^${id}: it is ${states.get(id)}`),
				...(new Set(ids).size === ids.length ? [] : ['an id stands there twice']),
				...problems.map(({line, what}) => `line ${line}: ${what}`),
			];
		},
	};
}
export type Ledger = ReturnType<typeof createLedger>;
