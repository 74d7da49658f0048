import {cellsOf} from '../domain/cells.js';
import type {CommandInput} from '../domain/command.js';
import {moveSteps} from '../domain/move.js';
import {priorityNames} from '../domain/priority.js';
import type {MissionStatus} from '../domain/status.js';
import {addMission, perform} from './act.js';
import {fuzzyScore} from './fuzzy.js';
import {type Action, type KeyBinding, keymapOf} from './keymap.js';
import {noPilot, type WhyOff, whyNotWait} from './keys/why-off.js';
import {actOn, giveOther, type MissionAct, moveBy, requeue, skip, stop} from './mission-acts.js';
import {plainText} from './plain-text.js';
import {missionsAtHand} from './shown-session.js';
import type {ViewState} from './store.js';
import type {Deck} from './use-pilot.js';
import {by, wish} from './wish.js';

/** Something that the command palette can do. */
export interface Verb {
	readonly name: string;
	/** How its keys are written; '' without any. */
	readonly label: string;
	readonly about: string;
	/** What may be typed behind its name, as help writes it. */
	readonly takes?: string | undefined;
	readonly whyOff?: WhyOff | undefined;
	/** @param typed What stands behind the name; '' for nothing. */
	run(deck: Deck, typed: string): void;
}

/** Only move the cursor, or lead here. */
const leftOut: readonly Action[] = ['up', 'down', 'page-up', 'page-down', 'first', 'last', 'session', 'palette'];

/** What other people call an action. */
const otherNames: Readonly<Partial<Record<Action, string>>> = {
	clear: 'show all',
	detail: 'read report',
	new: 'new mission',
	next: 'next panel',
	find: 'search pane',
	edit: 'edit mission',
	usage: 'usage paste',
	morning: 'morning report',
	'move-up': 'move up',
	'move-down': 'move down',
	raise: 'raise priority',
	lower: 'lower priority',
};

const acts: Readonly<Partial<Record<Action, MissionAct>>> = {skip, stop, requeue};

/** Acts on missions that are named; one that is not there ends it before anything is done. */
function onNamed(deck: Deck, act: MissionAct, typed: string) {
	const missions: MissionStatus[] = [];
	for (const word of typed.split(/\s+/)) {
		const id = word.replace(/^\^/, '');
		const mission = deck.store.getState().status?.missions.find(one => one.id === id);
		if (!mission) return deck.store.say(`There is no mission ${plainText(word)}.`, 'warn');
		missions.push(mission);
	}
	void actOn(deck, act, missions);
}

function ofKey(binding: KeyBinding): Verb {
	const {action, label, about, whyOff} = binding;
	const act = acts[action];
	const run = (deck: Deck, typed: string) => (act && typed !== '' ? onNamed(deck, act, typed) : perform(deck, binding));
	return {name: otherNames[action] ?? action, label, about, whyOff, takes: act ? '[id …]' : undefined, run};
}

const command = (name: string, about: string, wished: CommandInput): Verb => ({
	...{name, label: '', about, whyOff: noPilot},
	run: deck => void wish(deck, wished),
});

/** Of those at hand, or of the one that is named first. */
function place(deck: Deck, typed: string) {
	const words = typed.split(/\s+/).filter(Boolean);
	const where = (words.pop() ?? '').toLowerCase();
	const step = moveSteps.find(one => one === where);
	const priority = priorityNames.findIndex(name => name.startsWith(where)) + 1;
	if (where === '' || (!step && priority === 0))
		return deck.store.say(`move: ${moveSteps.join(', ')}, ${priorityNames.join(', ')}`, 'warn');
	const act = step ? moveBy(step) : giveOther(() => priority);
	const ids = words.join(' ');
	if (ids !== '') return onNamed(deck, act, ids);
	const why = whyNotWait(deck.store.getState());
	if (why) return deck.store.say(why, 'warn');
	void actOn(deck, act, missionsAtHand(deck.store.getState()));
}

const others: readonly Verb[] = [
	{
		...{name: 'add', label: '', about: 'Add a mission by its title.', takes: '<title>', whyOff: noPilot},
		run: (deck, typed) => (typed === '' ? deck.store.change({dialog: 'new'}) : void addMission(deck, typed)),
	},
	{
		...{name: 'move', label: '', about: 'Up, down, top, bottom; critical, high, medium, low.', takes: '[id …] <where>'},
		whyOff: noPilot,
		run: place,
	},
	{
		...{name: 'edit', label: '', about: 'Edit config.yaml or soul.md in your editor.', takes: '<config|soul>'},
		run: ({store, hands}, typed) =>
			typed === 'config' || typed === 'soul'
				? hands.edit({kind: typed})
				: store.say('edit config, edit soul; edit mission opens the one that is selected.', 'warn'),
	},
	{
		...{name: 'config check', label: '', about: 'Say what is wrong in config.yaml, and where.'},
		run: ({store}) => store.change({dialog: 'config'}),
	},
	command('sync', 'Fetch, merge and push the workspace now.', {type: 'pilot.sync'}),
	command('resume', 'Go on after a pause, a limit or a trouble.', {type: 'pilot.resume', by}),
];

/** Everything that can be done here: what has a key, and what has none. */
export const verbsOf = (state: ViewState): readonly Verb[] => [
	...keymapOf(state).flatMap(binding => (leftOut.includes(binding.action) ? [] : [ofKey(binding)])),
	...others,
];

/** As the list shows it: `skip [id …]`, `skip m-4k2p9q`. */
export const nameOf = ({name, takes = ''}: Verb, typed = '') => `${name} ${typed || takes}`.trimEnd();

/** Cells that the columns of the list take, with the gap behind each. */
export interface VerbWidths {
	readonly name: number;
	readonly label: number;
	readonly about: number;
}

/** As wide as the longest of all of them, so that nothing moves while one types. */
export function verbWidths(verbs: readonly Verb[]): VerbWidths {
	const most = (text: (verb: Verb) => string) => Math.max(...verbs.map(verb => cellsOf(text(verb))));
	return {name: most(verb => nameOf(verb)) + 2, label: most(({label}) => label) + 2, about: most(({about}) => about)};
}

export interface Match {
	readonly verb: Verb;
	/** What is typed behind its name. */
	readonly typed: string;
}

/** What fits only by its sentence comes after everything that fits by its name. */
const byAbout = -100;

function scoreOf({name, about}: Verb, typed: string): number | undefined {
	const score = fuzzyScore(typed, name);
	if (score !== undefined) return score;
	const words = typed.toLowerCase().split(/\s+/);
	return words.every(word => about.toLowerCase().includes(word)) ? byAbout : undefined;
}

/** What may be meant, the likeliest first; behind the name of what takes something, the rest is that. */
export function matchesOf(verbs: readonly Verb[], query: string): readonly Match[] {
	const typed = query.trim();
	const [first = '', ...rest] = typed.split(/\s+/);
	const named = verbs.find(({name, takes}) => takes !== undefined && name === first.toLowerCase());
	if (named && rest.length > 0) return [{verb: named, typed: rest.join(' ')}];
	return verbs
		.flatMap(verb => {
			const score = scoreOf(verb, typed);
			return score === undefined ? [] : [{verb, typed: '', score}];
		})
		.sort((a, b) => b.score - a.score)
		.map(({verb}) => ({verb, typed: ''}));
}
