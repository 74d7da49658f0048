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

/**
 * Those that stand elsewhere among the others now, where few do: one that was put off, or that ended. Undefined when that cannot be
 * told by looking one ahead.
 */
function movedAmong(before: readonly MissionStatus[], now: readonly MissionStatus[]): Set<string> | undefined {
	const moved = new Set<string>();
	let [old, fresh] = [0, 0];
	while (old < before.length && fresh < now.length) {
		const [was, is] = [before[old]?.id ?? '', now[fresh]?.id ?? ''];
		if (moved.has(was)) old++;
		else if (moved.has(is)) fresh++;
		else if (was === is) {
			old++;
			fresh++;
		} else if (before[old + 1]?.id === is) moved.add(was);
		else if (now[fresh + 1]?.id === was) moved.add(is);
		else return;
	}
	return moved;
}

function missionsChange(before: readonly MissionStatus[], now: readonly MissionStatus[]): MissionsChange | undefined {
	const old = new Map(before.map(mission => [mission.id, mission]));
	const isOther = (mission: MissionStatus) => {
		const known = old.get(mission.id);
		return known === undefined || !isSame(known, mission);
	};
	const fresh = new Set(now.filter(isOther).map(({id}) => id));
	const there = new Set(now.map(({id}) => id));
	const gone = before.filter(({id}) => !there.has(id)).map(({id}) => id);
	const moved = movedAmong(
		before.filter(({id}) => there.has(id) && !fresh.has(id)),
		now.filter(({id}) => !fresh.has(id)),
	);
	if (!moved) return {all: now};
	const put = [...now.entries()].filter(([, {id}]) => fresh.has(id) || moved.has(id));
	const hasLines = now.some(({id, line}) => !fresh.has(id) && line !== old.get(id)?.line);
	if (put.length === 0 && gone.length === 0 && !hasLines) return;
	return {gone, put, ...(hasLines ? {lines: now.map(({line}) => line)} : {})};
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
