import {type CommandContext, defineCommand} from '../app/define-command.js';
import {readMachineStates} from '../app/machine-states.js';
import {type MissionPages, readMissionPages} from '../app/mission-pages.js';
import {estimateIn, estimatesOf} from '../domain/estimate.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import {sentence, usuallyWords} from '../view/estimate-words.js';
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

/** As the running pilot has learned, or else the machine that has learned most. */
async function estimateFor(context: CommandContext, waiting: NonNullable<MissionPages['waiting']>) {
	const estimates = await context
		.control()
		.status()
		.then(
			status => status.estimates,
			() => {
				const known = readMachineStates(context.workspace()).flatMap(({samples}) => estimatesOf(samples) ?? []);
				return known.toSorted((a, b) => b.all.minutes.n - a.all.minutes.n)[0];
			},
		);
	return estimateIn(estimates, waiting);
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
	async run(context) {
		const {args, options, workspace, io, json} = context;
		const [id = ''] = args;
		const {pages, waiting, ...mission} = readMissionPages(workspace(), id, {attempt: attemptOf(options.attempt)});
		const wanted = chosen(pages, options.page);
		const estimate = waiting && (await estimateFor(context, waiting));
		if (json) {
			io.out(JSON.stringify({v: 1, ...mission, ...(estimate ? {estimate} : {}), pages: wanted}));
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
			if (title === 'Mission' && waiting) io.out(`${sentence(usuallyWords(estimate))}.\n`);
			io.out(plainLines(text.trimEnd()));
		}
		return ExitCode.fine;
	},
});
