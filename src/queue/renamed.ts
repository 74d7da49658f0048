import {readItemLine} from './item-line.js';
import type {Part, Unit} from './parts.js';

const leastAlike = 0.5;

/**
 * The same parts, in which a mission whose title was edited before its id was ever written goes on under its old id: it
 * stands where the old one stood, and at least half of their words are the same. Else an edit on one side while the other
 * side starts the mission would end as two missions.
 */
export function withRenamed(base: readonly Part[], now: readonly Part[]): readonly Part[] {
	const old = new Set(keysOf(base));
	const current = new Set(keysOf(now));
	return now.map(part => {
		const was = base.find(({key}) => key === part.key);
		if (!was) return part;
		const gone = byPlace(was.units, current);
		const oldUnits = new Map<Unit, Unit>();
		for (const [place, fresh] of byPlace(part.units, old)) {
			const [unit, before] = [fresh[0], gone.get(place)?.[0]];
			if (unit && before && fresh.length === 1 && gone.get(place)?.length === 1) oldUnits.set(unit, before);
		}
		return {...part, units: part.units.map(unit => renamed(unit, oldUnits.get(unit)))};
	});
}

const keysOf = (parts: readonly Part[]) => parts.flatMap(({units}) => units.map(({key}) => key));

/** Missions without a written id that `others` does not have, by the key before them that it has. */
function byPlace(units: readonly Unit[], others: ReadonlySet<string>): Map<string, Unit[]> {
	const places = new Map<string, Unit[]>();
	let place = '';
	for (const unit of units) {
		if (others.has(unit.key)) place = unit.key;
		else if (unit.item && !unit.item.idWritten) places.set(place, [...(places.get(place) ?? []), unit]);
	}
	return places;
}

function renamed(unit: Unit, old: Unit | undefined): Unit {
	if (!old?.item || !unit.item || alike(titleOf(old), titleOf(unit)) < leastAlike) return unit;
	return {...unit, key: old.key, item: {...unit.item, id: old.item.id}};
}

const titleOf = ({chunk}: Unit) => readItemLine(chunk.lines[0]?.text ?? '')?.title ?? '';

/** Dice's coefficient of the words of two titles, 0..1. */
function alike(one: string, other: string): number {
	const [a, b] = [one, other].map(title => new Set(title.toLowerCase().split(/\s+/)));
	if (!a || !b) return 0;
	const shared = [...a].filter(word => b.has(word)).length;
	return (2 * shared) / (a.size + b.size);
}
