import type {MissionState} from '../domain/mission.js';

/** The character between the brackets. */
export const markOf: Readonly<Record<MissionState, string>> = {
	pending: ' ',
	'in-progress': '~',
	parked: '-',
	blocked: '!',
	failed: 'e',
	unproven: '?',
	done: 'x',
};

/** From least to most advanced: of two different marks made at once, the later one in this list wins a merge. */
const byAdvance: readonly MissionState[] = [
	'pending',
	'in-progress',
	'parked',
	'blocked',
	'failed',
	'unproven',
	'done',
];

export const advanceOf = (state: MissionState) => byAdvance.indexOf(state);

const states = new Map(byAdvance.map(state => [markOf[state], state]));

/** `X` is read as `x`, as on GitHub. */
export const stateOfMark = (mark: string): MissionState | undefined => states.get(mark === 'X' ? 'x' : mark);
