import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {defineCommand} from '../app/define-command.js';
import {PilotError} from '../domain/pilot-error.js';

const isDay = (name: string) => /^\d{4}-\d\d-\d\d$/.test(name);

export default defineCommand({
	name: 'journal',
	summary: 'Print the journal of a day (default: the newest).',
	args: [['[date]', 'such as 2026-01-30']],
	example: 'pilot-tui journal 2026-01-30',
	async run({args: [date], workspace, io, json}) {
		const folder = path.join(workspace(), 'journal');
		const days = existsSync(folder)
			? readdirSync(folder)
					.map(name => name.replace(/\.md$/, ''))
					.filter(isDay)
					.sort()
			: [];
		const day = date ?? days.at(-1);
		if (day === undefined) {
			io.out(json ? JSON.stringify({v: 1, days, text: ''}) : 'The journal is empty: no mission has ended yet.');
			return 0;
		}
		if (!days.includes(day)) {
			throw new PilotError('JOURNAL_MISSING', {
				what: `There is no journal of ${day}.`,
				todo: days.length > 0 ? `There is one of: ${days.slice(-10).join(', ')}.` : 'No mission has ended yet.',
			});
		}
		const text = readFileSync(path.join(folder, `${day}.md`), 'utf8');
		io.out(json ? JSON.stringify({v: 1, day, days, text}) : text.trimEnd());
		return 0;
	},
});
