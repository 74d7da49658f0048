import type {MissionState} from '../../../src/domain/mission.js';
import {editQueue, parseQueue} from '../../../src/queue/index.js';
import {createDice, type Dice} from './dice.js';
import {createLedger, type Ledger} from './ledger.js';
import {editAsHuman, startText} from './people.js';

/** Several machines with one remote. Machines are numbered from 0. */
export interface Fleet {
	readonly count: number;
	read(machine: number): string;
	write(machine: number, text: string): void;
	/** Commits what stands in the work tree. */
	commit(machine: number): Promise<void>;
	/** Commit, fetch and merge, without the push. */
	begin(machine: number): Promise<void>;
	push(machine: number): Promise<void>;
	sync(machine: number): Promise<void>;
	/** A sync whose process is killed; `moment` from 0 to 1 says how far it came. */
	killedSync(machine: number, moment: number): Promise<void>;
	remote(): string;
}

export interface Story {
	/** What was lost, doubled or different in the end; nothing, if all is well. */
	readonly troubles: readonly string[];
	/** How often each machine had to sync until all had the same bytes. */
	readonly rounds: number;
	readonly kills: number;
}

const ends: readonly MissionState[] = ['done', 'done', 'done', 'failed', 'blocked', 'unproven', 'parked'];

/** A pilot takes a mission that waits, or ends one that is under way. */
function markAsPilot(text: string, ledger: Ledger, dice: Dice): string {
	const {items} = parseQueue(Buffer.from(text));
	const open = items.filter(({state}) => state === 'pending' || state === 'in-progress');
	if (open.length === 0) return text;
	const {mission, state: was} = dice.pick(open);
	const state = was === 'pending' ? 'in-progress' : dice.pick(ends);
	ledger.marked(mission.id, state);
	const doneOn = state === 'done' ? {doneOn: '2026-01-30'} : {};
	return editQueue(Buffer.from(text), [{op: 'mark', id: mission.id, state, ...doneOn}]).toString();
}

const mostRounds = 10;

/** Rounds of sync until every machine and the remote have the same bytes. */
async function settle(fleet: Fleet): Promise<number> {
	const machines = Array.from({length: fleet.count}, (_, machine) => machine);
	for (let round = 1; round <= mostRounds; round++) {
		for (const machine of machines) await fleet.sync(machine);
		const texts = new Set([...machines.map(fleet.read), fleet.remote()]);
		if (texts.size === 1) return round;
	}
	return Number.POSITIVE_INFINITY;
}

/** Tells one story: people edit, pilots mark, machines commit, sync and are killed in any order; then they sync until it is quiet. */
export async function playStory(fleet: Fleet, seed: number, steps: number): Promise<Story> {
	const dice = createDice(seed);
	const ledger = createLedger(startText);
	let kills = 0;
	let words = 100;
	for (let step = 0; step < steps; step++) {
		const machine = dice.below(fleet.count);
		const deed = dice.below(12);
		const before = fleet.read(machine);
		if (deed < 4) {
			const {text, handled} = editAsHuman(before, `x${words++}q`, dice);
			ledger.edited(before, text, handled);
			if (text !== before) fleet.write(machine, text);
		} else if (deed < 7) fleet.write(machine, markAsPilot(before, ledger, dice));
		else if (deed < 8) await fleet.commit(machine);
		else if (deed < 9) await fleet.begin(machine);
		else if (deed < 10) await fleet.push(machine);
		else if (deed < 11 || !dice.chance(0.4)) await fleet.sync(machine);
		else {
			kills++;
			await fleet.killedSync(machine, dice.below(1000) / 1000);
		}
	}
	const rounds = await settle(fleet);
	const texts = Array.from({length: fleet.count}, (_, machine) => fleet.read(machine));
	const apart = new Set([...texts, fleet.remote()]).size > 1 ? ['the machines do not agree'] : [];
	return {troubles: [...apart, ...ledger.troubles(texts[0] ?? '')], rounds, kills};
}
