import type {Answer, CommandInput} from '../domain/command.js';
import {plainText} from './plain-text.js';
import type {Deck} from './use-pilot.js';

/** Who sends the commands of a dashboard. */
export const by = 'dashboard';

/** What came of it, and what to do, in one line. */
export const answerLine = ({say, todo}: Pick<Answer, 'say' | 'todo'>) => plainText(todo ? `${say} ${todo}` : say);

/** Ids of the missions that commands are about. */
export const missionsIn = (commands: readonly CommandInput[]): string[] =>
	commands.flatMap(command => ('id' in command && !command.type.startsWith('approval.') ? command.id : []));

/** Sends a wish, shows what came of it, and gives that. */
export async function wishFor({store, hands}: Deck, command: CommandInput): Promise<Answer> {
	const answer = await hands.command(command);
	store.say(answerLine(answer), answer.ok ? 'good' : 'bad', missionsIn([command]));
	return answer;
}

/** The same; gives whether it was granted. */
export const wish = async (deck: Deck, command: CommandInput): Promise<boolean> => (await wishFor(deck, command)).ok;
