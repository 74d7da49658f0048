import type {Mission} from './mission.js';
import {nearestOf} from './nearest.js';

export interface KnownNames {
	/** Names of the targets in config.yaml. */
	readonly targets: readonly string[];
	/** True for a mission that is in missions.md, or was done and has been taken out of it. */
	readonly isKnown: (missionId: string) => boolean;
}

/** What is wrong with the name of a target, and what may have been meant; undefined for one that there is. */
export function unknownTarget(name: string, targets: readonly string[]): {what: string; todo: string} | undefined {
	if (targets.includes(name)) return;
	const known = targets.length === 0 ? 'config.yaml names none' : `known are ${targets.join(', ')}`;
	const like = nearestOf(name, targets);
	return {
		what: `no target named ${name}: ${known}`,
		todo: like ? `Did you mean ${like}?` : 'Name one of those, or add it under targets in config.yaml.',
	};
}

/** Why a mission can never run as it is written, in words; a human has to change it, or what it names. */
export function neverRuns(
	{target, after}: Pick<Mission, 'target' | 'after'>,
	{targets, isKnown}: KnownNames,
): string | undefined {
	const wrong = target === undefined ? undefined : unknownTarget(target, targets);
	if (wrong) return wrong.what;
	const missing = after.find(id => !isKnown(id));
	return missing === undefined ? undefined : `waits for ^${missing}, which is not in missions.md`;
}
