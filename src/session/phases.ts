import type {Phase} from './voice.js';

export interface Phases {
	readonly now: Phase;
	/** It is in this phase, by what was heard of it. */
	become(phase: Phase | undefined): void;
	/** From here on it is on its way out, whatever else is heard. */
	leave(why: string): void;
	end(why: string): void;
	/** Until the returned function is called it waits for a human's permission, whatever else is heard. */
	hold(why: string): () => void;
	readonly isHeld: boolean;
}

/** The phase of a session, with the fact that gave it, from its start to its end. */
export function createPhases(first: Phase, onChange: () => void): Phases {
	let now = first;
	let leaving: string | undefined;
	const holds = new Set<{readonly why: string}>();
	const become = (phase: Phase | undefined) => {
		if (now.phase === 'ended') return;
		now = leaving === undefined ? (phase ?? now) : {phase: 'finishing', why: leaving};
		onChange();
	};
	return {
		become,
		leave(why: string) {
			leaving ??= why;
			become(undefined);
		},
		end(why: string) {
			now = {phase: 'ended', why};
			onChange();
		},
		hold(why) {
			const one = {why};
			holds.add(one);
			onChange();
			return () => {
				if (holds.delete(one)) onChange();
			};
		},
		get isHeld() {
			return holds.size > 0;
		},
		get now(): Phase {
			const [held] = holds;
			const isOver = leaving !== undefined || now.phase === 'ended';
			return held && !isOver ? {phase: 'waiting-permission', why: held.why} : now;
		},
	};
}
