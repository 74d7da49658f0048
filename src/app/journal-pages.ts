import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import type {Page} from '../view/page.js';

const isDay = (name: string) => /^\d{4}-\d\d-\d\d$/.test(name);

/** Days that have a journal, oldest first. */
export function journalDays(workspace: string): string[] {
	const folder = path.join(workspace, 'journal');
	const names = existsSync(folder) ? readdirSync(folder) : [];
	return names
		.map(name => name.replace(/\.md$/, ''))
		.filter(isDay)
		.sort();
}

export const journalText = (workspace: string, day: string) =>
	readFileSync(path.join(workspace, 'journal', `${day}.md`), 'utf8');

/** A day as a window shows it: its files are markdown with a blank line between any two, and there only those before a heading help. */
export const closedUp = (text: string) => text.replaceAll(/\n(?:[ \t]*\r?\n)+(?!\s*#)/g, '\n');

/** As many as there are keys for. */
const mostDays = 9;

/** The last days, the newest first. */
export function readJournalPages(workspace: string): Page[] {
	const days = journalDays(workspace).slice(-mostDays).reverse();
	if (days.length === 0)
		return [{title: 'Journal', kind: 'plain', text: 'The journal is empty: no mission has ended yet.'}];
	return days.map(day => ({title: day, kind: 'markdown', text: closedUp(journalText(workspace, day))}));
}
