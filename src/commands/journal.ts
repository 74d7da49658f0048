import {defineCommand} from '../app/define-command.js';
import {journalDays, journalText} from '../app/journal-pages.js';
import {PilotError} from '../domain/pilot-error.js';
import {plainLines} from '../view/plain-text.js';

export default defineCommand({
	name: 'journal',
	summary: 'Print the journal of a day (default: the newest).',
	args: [['[date]', 'such as 2026-01-30']],
	example: 'pilot-tui journal 2026-01-30',
	async run({args: [date], workspace, io, json}) {
		const days = journalDays(workspace());
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
		const text = journalText(workspace(), day);
		io.out(json ? JSON.stringify({v: 1, day, days, text}) : plainLines(text.trimEnd()));
		return 0;
	},
});
