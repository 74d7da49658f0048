import type {QueueProblem} from '../domain/mission.js';

interface Held {
	held?: string;
}

/** 1-based, as editors count. */
interface Conflict {
	readonly line: number;
	readonly isAbove: boolean;
	end?: number;
	hasHeading: boolean;
}

const taken = (line: number) =>
	`stands at a git conflict (line ${line} of missions.md): resolve it, and take out its markers`;

function problemOf({line, isAbove, end, hasHeading}: Conflict): QueueProblem {
	if (end === undefined)
		return {line, what: 'a git conflict begins and never ends (>>>>>>>): nothing from here on is started; resolve it'};
	const around = [
		'nothing in it',
		...(isAbove ? ['nor the mission above it'] : []),
		...(hasHeading ? ['nor what follows up to the next heading'] : []),
	];
	return {
		line,
		what: `a git conflict, up to line ${end}: ${around.join(', ')} is started before you resolve it and take out its markers`,
	};
}

/** Conflicts that git has left in missions.md, and the missions that they reach to. Lines come in as they are counted from 0. */
export class Conflicts {
	readonly #found: Conflict[] = [];
	readonly #stray: QueueProblem[] = [];
	#sectionFrom = 0;

	/** A heading: what was read before it is in no conflict that begins later. */
	section(blocksSoFar: number) {
		this.#sectionFrom = blocksSoFar;
	}

	/** The lines of the mission above may go on in it. */
	begin(at: number, blocks: readonly Held[]) {
		const above = blocks.slice(this.#sectionFrom).at(-1);
		if (above) above.held = taken(at + 1);
		this.#found.push({line: at + 1, isAbove: above !== undefined, hasHeading: false});
	}

	holdsHeading() {
		const open = this.#found.at(-1);
		if (open) open.hasHeading = true;
	}

	/** @returns Whether there was a heading in it. */
	end(at: number): boolean {
		const open = this.#found.at(-1);
		if (open) open.end = at + 1;
		return open?.hasHeading === true;
	}

	/** Somebody took out the first marker only: any mission before it may be one of two sides. */
	strayEnd(at: number, blocks: readonly Held[]) {
		for (const block of blocks.slice(this.#sectionFrom)) block.held = taken(at + 1);
		const what =
			'a git conflict ends whose beginning (<<<<<<<) is gone: what stands above it in its section is not started';
		this.#stray.push({line: at + 1, what: `${what} before you take this line out`});
	}

	get isOpen(): boolean {
		const last = this.#found.at(-1);
		return last !== undefined && last.end === undefined;
	}

	get problems(): QueueProblem[] {
		return [...this.#found.map(problemOf), ...this.#stray];
	}

	get firstLine(): number | undefined {
		const lines = this.problems.map(({line}) => line);
		return lines.length === 0 ? undefined : Math.min(...lines);
	}
}
