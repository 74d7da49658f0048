import type {Editing} from '../view/hands.js';
import {createEditsHere, type EditsHereDeps} from './edit-here.js';
import {hasShell} from './job.js';
import {createReplaysHere, type ReplaysHereDeps} from './replay-here.js';
import {suspend} from './signals.js';

/** Who has the dashboard's terminal while the dashboard has not. */
export interface Lends {
	/** Gives why nothing was played, '' when it was. */
	replay(missionId: string): Promise<string>;
	edit(what: Editing): void;
	suspend(): void;
	/** True for a signal that is meant for whoever has the terminal: Ctrl-C in an editor is the editor's. */
	isTheirs(signal: NodeJS.Signals | undefined): boolean;
	/** Resolves when nobody else has the terminal; nobody will again. */
	end(): Promise<void>;
}

/** Lends the terminal to one at a time: a recording, or the human's editor. */
export function createLends(deps: ReplaysHereDeps & Omit<EditsHereDeps, 'env'>): Lends {
	const replays = createReplaysHere(deps);
	const edits = createEditsHere({...deps, env: deps.context.env});
	return {
		replay: async missionId => (edits.isOpen ? '' : replays.play(missionId)),
		edit(what) {
			if (!replays.isPlaying) edits.edit(what);
		},
		suspend() {
			if (edits.isOpen) edits.standStill(hasShell());
			else if (!replays.isPlaying) suspend({outer: deps.outer, store: deps.store, repaint: deps.back});
		},
		isTheirs: signal => edits.isOpen && (signal === 'SIGINT' || signal === 'SIGQUIT'),
		async end() {
			await edits.end();
			await replays.end();
		},
	};
}
