import {type KeyChoices, keyClashes, keyedActions, keyLabel, whyNoKey} from '../domain/keys.js';

/** Something wrong with the keys that were chosen, and under which action. */
interface KeyProblem {
	readonly at: readonly PropertyKey[];
	readonly what: string;
	readonly allowed: string;
}

const typed =
	'a character, ctrl- and a letter, up, down, left, right, pageup, pagedown, home, end, tab, space or enter';

/** Keys that cannot be typed, or that nobody can choose; then those that would stand for two things in one place. */
export function keyProblems(chosen: KeyChoices): KeyProblem[] {
	const impossible = keyedActions.flatMap(action =>
		(chosen[action] ?? []).flatMap(key => {
			const why = whyNoKey(key);
			return why
				? [{at: [action], what: `keys.${action} is ${JSON.stringify(key)}, which ${why}`, allowed: typed}]
				: [];
		}),
	);
	if (impossible.length > 0) return impossible;
	return keyClashes(chosen).map(({key, actions: [one, other]}) => ({
		at: [one],
		what: `${keyLabel(key)} would stand for both ${one} and ${other}`,
		allowed: `a key of its own for each: give ${other} another one, or none with ${other}: []`,
	}));
}
