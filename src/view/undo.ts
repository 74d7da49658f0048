import type {Deed} from './screen.js';
import type {Deck} from './use-pilot.js';
import {answerLine, missionsIn} from './wish.js';

const deedsKept = 50;

export function keepDeed({store}: Deck, deed: Deed) {
	store.change({deeds: [...store.getState().screen.deeds, deed].slice(-deedsKept)});
}

/** Takes back the last of the things that were done from here, or says why not. It is tried once. */
export async function undoLast({store, hands}: Deck): Promise<void> {
	const {deeds} = store.getState().screen;
	const deed = deeds.at(-1);
	if (!deed) return;
	store.change({deeds: deeds.slice(0, -1)});
	if (deed.undo.length === 0) return store.say(`Not undone: ${deed.words}: ${deed.final}`, 'warn');
	const answers = [];
	for (const command of deed.undo) answers.push(await hands.command(command));
	const refused = answers.find(({ok}) => !ok);
	if (refused) store.say(`Not undone: ${deed.words}: ${answerLine(refused)}`, 'bad');
	else store.say(`Undone: ${deed.words}.`, 'good', missionsIn(deed.undo));
}
