import {messageOf, PilotError} from '../domain/pilot-error.js';
import type {Reading} from '../view/hands.js';
import type {Page} from '../view/page.js';

/** Reads what a dashboard shows over its whole window; loaded when somebody first asks for it. Never rejects. */
export async function readPages(workspace: string, what: Reading): Promise<readonly Page[]> {
	try {
		if (what.kind === 'journal') return (await import('./journal-pages.js')).readJournalPages(workspace);
		if (what.kind === 'config') return (await import('./config-pages.js')).readConfigPages(workspace);
		if (what.kind === 'memory') {
			const {loadConfig} = await import('../config/index.js');
			return (await import('./memory.js')).readMemoryPages(workspace, loadConfig(workspace, process.env).memory.tokens);
		}
		return (await import('./mission-pages.js')).readMissionPages(workspace, what.id, {title: what.title}).pages;
	} catch (error) {
		const todo = error instanceof PilotError ? `\n\n${error.todo}` : '';
		return [{title: 'Trouble', kind: 'plain', text: `${messageOf(error)}${todo}`}];
	}
}

/** Loads what reads missions before anybody asks for one: the first key for it is answered as fast as the others. */
export const loadPages = async (): Promise<void> => void (await import('./mission-pages.js'));
