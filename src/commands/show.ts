import {defineCommand} from '../app/define-command.js';
import {readMissionPages} from '../app/mission-pages.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import type {Page} from '../view/page.js';
import {plainLines, plainText} from '../view/plain-text.js';

function attemptOf(text: string | boolean | undefined): number | undefined {
	if (text === undefined) return;
	if (typeof text === 'string' && /^[1-9]\d{0,5}$/.test(text)) return Number(text);
	throw new PilotError('NUMBER_INVALID', {
		what: `--attempt ${text} is no number from 1 up.`,
		todo: 'Give one, such as --attempt 2.',
		exitCode: ExitCode.usage,
	});
}

function chosen(pages: readonly Page[], name: string | boolean | undefined): readonly Page[] {
	if (typeof name !== 'string') return pages;
	const found = pages.filter(({title}) => title.toLowerCase() === name.toLowerCase());
	if (found.length > 0) return found;
	throw new PilotError('PAGE_UNKNOWN', {
		what: `There is no page ${name} of this mission.`,
		todo: `There is: ${pages.map(({title}) => title.toLowerCase()).join(', ')}.`,
		exitCode: ExitCode.usage,
	});
}

export default defineCommand({
	name: 'show',
	summary:
		'Print what is known of a mission: its text, report, receipts, changes, history and why it stands where it does.',
	args: [['<id>', 'the mission, such as m-7k2p9x']],
	options: [
		['--page <name>', 'one of it alone: mission, report, receipts, changes, history, explain'],
		['--attempt <n>', 'of this attempt (default: the newest)'],
	],
	example: 'pilot-tui show m-7k2p9x --page changes',
	async run({args: [id = ''], options, workspace, io, json}) {
		const {pages, ...mission} = readMissionPages(workspace(), id, {attempt: attemptOf(options.attempt)});
		const wanted = chosen(pages, options.page);
		if (json) {
			io.out(JSON.stringify({v: 1, ...mission, pages: wanted}));
			return ExitCode.fine;
		}
		// One page alone needs no headings.
		if (wanted.length > 1) io.out(`^${mission.missionId} ${plainText(mission.title)}`);
		for (const {title, text} of wanted) {
			if (wanted.length > 1)
				io.out(
					`\n== ${title}${mission.attempt && !['Mission', 'History', 'Explain'].includes(title) ? `, attempt ${mission.attempt}` : ''} ==\n`,
				);
			if (title === 'Mission' && mission.about !== '') io.out(`${plainText(mission.about)}\n`);
			io.out(plainLines(text.trimEnd()));
		}
		return ExitCode.fine;
	},
});
