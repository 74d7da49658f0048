import type {CommandInput} from '../domain/command.js';
import {plainText} from './plain-text.js';
import type {Deck} from './use-pilot.js';

/** Who sends the commands of a dashboard. */
export const by = 'dashboard';

/** Sends a wish, shows what came of it, and gives whether it was granted. */
export async function wish({store, hands}: Deck, command: CommandInput): Promise<boolean> {
	const {ok, say, todo} = await hands.command(command);
	store.say(plainText(todo ? `${say} ${todo}` : say), ok ? 'good' : 'bad');
	return ok;
}
