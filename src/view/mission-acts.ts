import type {Answer, CommandInput} from '../domain/command.js';
import {priorityName} from '../domain/priority.js';
import type {MissionStatus} from '../domain/status.js';
import {plainText} from './plain-text.js';
import {missionsAtHand} from './shown-session.js';
import {keepDeed} from './undo.js';
import type {Deck} from './use-pilot.js';
import {answerLine, by} from './wish.js';

/** Something that is done to missions, one or many. */
export interface MissionAct {
	/** `skip`, for what can be taken back. */
	readonly name: string;
	/** `skipped`, for how many it was done to. */
	readonly done: string;
	/** What to ask of the pilot; or why that is not even asked. */
	wish(mission: MissionStatus): CommandInput | Answer;
	/** Why nothing takes it back where the pilot's answer has no way to. */
	readonly final?: string;
	/** In which order many are dealt with: as they stand, or from the last to the first. @default false */
	readonly fromLast?: boolean;
	/** What is refused to one holds for those of its priority that come after it, too. @default false */
	readonly inStep?: boolean;
}

const isAnswer = (value: CommandInput | Answer): value is Answer => 'ok' in value;

interface Done {
	readonly id: string;
	readonly answer: Answer;
}

/** `3 skipped, 1 refused: ^m-4k2p9q is done: there is nothing to skip.` */
function summary({done}: MissionAct, answers: readonly Done[]): string {
	const refused = answers.filter(({answer}) => !answer.ok);
	const count = answers.length - refused.length;
	const [first] = refused;
	if (!first) return `${count} ${done}.`;
	const more = refused.length > 1 ? ` And ${refused.length - 1} more.` : '';
	return `${count} ${done}, ${refused.length} refused: ${plainText(first.answer.say)}${more}`;
}

/** Does it to each of them in turn, and gives one answer for all. */
export async function actOn(deck: Deck, act: MissionAct, missions: readonly MissionStatus[]): Promise<void> {
	const {store, hands} = deck;
	const answers: Done[] = [];
	const halted = new Set<number>();
	for (const mission of act.fromLast ? missions.toReversed() : missions) {
		if (halted.has(mission.priority)) continue;
		const command = act.wish(mission);
		const answer = isAnswer(command) ? command : await hands.command(command);
		answers.push({id: mission.id, answer});
		if (!answer.ok && act.inStep) halted.add(mission.priority);
	}
	const [only] = answers;
	if (!only) return;
	const isGood = answers.every(({answer}) => answer.ok);
	const said = answers.length === 1 ? answerLine(only.answer) : summary(act, answers);
	store.say(
		said,
		isGood ? 'good' : 'bad',
		answers.map(({id}) => id),
	);
	const granted = answers.filter(({answer}) => answer.ok);
	if (granted.length === 0) return;
	const undo = granted.flatMap(({answer}) => answer.undo ?? []).reverse();
	const what = granted.length === 1 ? `^${granted[0]?.id}` : `${granted.length} missions`;
	keepDeed(deck, {words: `${act.name} ${what}`, undo, final: act.final ?? 'it had come too far.'});
}

/** The same, to the missions that keys act on. */
export const actAtHand = (act: MissionAct) => (deck: Deck) =>
	void actOn(deck, act, missionsAtHand(deck.store.getState()));

const idOf = ({id}: MissionStatus) => ({id, by});

export const skip: MissionAct = {
	name: 'skip',
	done: 'skipped',
	wish: mission => ({type: 'mission.skip', ...idOf(mission)}),
	final: 'its session was stopped.',
};

export const requeue: MissionAct = {
	name: 'requeue',
	done: 'requeued',
	wish: mission => ({type: 'mission.requeue', ...idOf(mission)}),
};

export const stop: MissionAct = {
	name: 'stop',
	done: 'stopped',
	wish: mission => ({type: 'session.stop', ...idOf(mission)}),
	final: 'its session has ended; requeue has it done again.',
};

export const moveBy = (to: 'up' | 'down' | 'top' | 'bottom'): MissionAct => ({
	name: 'move',
	done: 'moved',
	wish: mission => ({type: 'mission.move', to, ...idOf(mission)}),
	// Those that stand beside each other do not overtake each other.
	fromLast: to === 'down' || to === 'top',
	inStep: to === 'up' || to === 'down',
});

/** To a priority of 1 to 4, made of the one that a mission has. */
export const giveOther = (priorityFor: (now: number) => number): MissionAct => ({
	name: 'change the priority of',
	done: 'given another priority',
	wish(mission) {
		const priority = priorityFor(mission.priority);
		if (priority >= 1 && priority <= 4) return {type: 'mission.reprioritise', priority, ...idOf(mission)};
		return {
			ok: false,
			say: `^${mission.id} has ${priorityName(mission.priority)} priority: there is no other beyond it.`,
		};
	},
});
