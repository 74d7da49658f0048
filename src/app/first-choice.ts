import {wrapped} from '../view/page.js';
import {askLine} from './ask.js';
import type {Io} from './define-command.js';

const menu = `There is no workspace here. What would you like?

  1  Look at it first: the real program, simulated agents, nothing spent
     (pilot-tui demo)
  2  Make a workspace in this folder, and give it a first mission
     (pilot-tui init)

  Enter leaves.
`;

/** Asks whoever stands in a folder without a workspace what they want; undefined for nothing. */
export async function firstChoice(io: Pick<Io, 'out' | 'columns'>): Promise<'demo' | 'init' | undefined> {
	io.out(wrapped(menu, io.columns));
	const answer = (await askLine('Which? [1/2] ')).toLowerCase();
	if (answer === '1' || answer === 'demo') return 'demo';
	return answer === '2' || answer === 'init' ? 'init' : undefined;
}
