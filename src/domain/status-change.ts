import type {MissionStatus, Status} from './status.js';

/** How the missions differ: all of them, or those that went, those that are new or other with their place, and the lines that moved. */
export type MissionsChange =
	| {readonly all: readonly MissionStatus[]}
	| {
			readonly gone: readonly string[];
			/** Place in the new list, in rising order, and what stands there. */
			readonly put: readonly (readonly [number, MissionStatus])[];
			/** Line in missions.md of each in the new list, when more moved than those. */
			readonly lines?: readonly number[];
	  };

type Part = Exclude<keyof Status, 'missions' | 'recent'>;

/** What is other than in the status before. Facts are told one by one, and not again in here. */
export interface StatusChange {
	readonly parts: Partial<Pick<Status, Part>>;
	/** Parts that are there no more. */
	readonly without?: readonly Part[];
	readonly missions?: MissionsChange;
}

const isPart = (key: string): key is Part => key !== 'missions' && key !== 'recent';

/** All but the line, which moves with whatever stands above. */
function isSame(a: MissionStatus, b: MissionStatus): boolean {
	const names = Object.keys(b) as (keyof MissionStatus)[];
	return Object.keys(a).length === names.length && names.every(name => name === 'line' || Object.is(a[name], b[name]));
}

function missionsChange(before: readonly MissionStatus[], now: readonly MissionStatus[]): MissionsChange | undefined {
	const old = new Map(before.map(mission => [mission.id, mission]));
	const put = [...now.entries()].filter(([, mission]) => {
		const known = old.get(mission.id);
		return known === undefined || !isSame(known, mission);
	});
	const fresh = new Set(put.map(([, {id}]) => id));
	const there = new Set(now.map(({id}) => id));
	const gone = before.filter(({id}) => !there.has(id)).map(({id}) => id);
	const stayed = before.filter(({id}) => there.has(id) && !fresh.has(id));
	const kept = now.filter(({id}) => !fresh.has(id));
	if (stayed.some(({id}, index) => kept[index]?.id !== id)) return {all: now};
	const moved = kept.some(({line}, index) => line !== stayed[index]?.line);
	if (put.length === 0 && gone.length === 0 && !moved) return;
	return {gone, put, ...(moved ? {lines: now.map(({line}) => line)} : {})};
}

/** What to tell somebody who knows the status before; undefined when that is nothing. */
export function statusChange(before: Status, now: Status): StatusChange | undefined {
	const keys = Object.keys(now).filter(isPart);
	const differs = (key: Part) => JSON.stringify(before[key]) !== JSON.stringify(now[key]);
	const parts = Object.fromEntries(keys.filter(differs).map(key => [key, now[key]]));
	const without = Object.keys(before).filter(key => isPart(key) && !(key in now)) as Part[];
	const missions = missionsChange(before.missions, now.missions);
	if (Object.keys(parts).length === 0 && without.length === 0 && !missions) return;
	return {parts, ...(without.length > 0 ? {without} : {}), ...(missions ? {missions} : {})};
}

function changedMissions(before: readonly MissionStatus[], change: MissionsChange): readonly MissionStatus[] {
	if ('all' in change) return change.all;
	const {gone, put, lines} = change;
	const out = new Set([...gone, ...put.map(([, {id}]) => id)]);
	const stayed = before.filter(({id}) => !out.has(id));
	const next: MissionStatus[] = [];
	let taken = 0;
	for (const [place, mission] of put) {
		while (next.length < place && taken < stayed.length) next.push(stayed[taken++] as MissionStatus);
		next.push(mission);
	}
	next.push(...stayed.slice(taken));
	if (!lines) return next;
	return next.map((mission, index) => {
		const line = lines[index] ?? mission.line;
		return line === mission.line ? mission : {...mission, line};
	});
}

/** The status that a change leads to; parts that did not change are the same objects. */
export function withChange(before: Status, {parts, without = [], missions}: StatusChange): Status {
	const kept = Object.fromEntries(Object.entries(before).filter(([key]) => !(without as string[]).includes(key)));
	return {
		...(kept as unknown as Status),
		...parts,
		missions: missions ? changedMissions(before.missions, missions) : before.missions,
	};
}
