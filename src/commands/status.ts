import {type CommandContext, defineCommand} from '../app/define-command.js';
import {byUrgency} from '../domain/approval.js';
import {withEstimates} from '../domain/estimate.js';
import {PilotError} from '../domain/pilot-error.js';
import type {Status} from '../domain/status.js';
import {toAscii} from '../screen/ascii.js';
import {askedLine} from '../view/approval-text.js';
import {statusText} from '../view/format.js';
import {wantsAscii} from '../view/look.js';
import {promptText, tmuxLine} from '../view/status-formats.js';

const formats = ['text', 'json', 'tmux', 'prompt'] as const;
type Format = (typeof formats)[number];

const defaultWidth = 80;

function formatOf({options, json}: CommandContext): Format {
	if (options.format === undefined) return json ? 'json' : 'text';
	const format = formats.find(one => one === options.format);
	if (format) return format;
	throw new PilotError('FORMAT_UNKNOWN', {
		what: `There is no format ${options.format}.`,
		todo: `Known: ${formats.join(', ')}.`,
		exitCode: 2,
	});
}

function widthOf({options}: CommandContext): number {
	const width = Number(options.width ?? defaultWidth);
	if (Number.isInteger(width) && width > 0) return width;
	throw new PilotError('WIDTH_INVALID', {
		what: `${options.width} is no number of cells.`,
		todo: 'Give a whole number, such as --width 60.',
		exitCode: 2,
	});
}

/** For lines that are shown all the time: a pilot that does not run, or no workspace, is nothing to complain about. */
async function statusIfThere({control}: CommandContext): Promise<Status | undefined> {
	try {
		return await control().status();
	} catch (error) {
		if (error instanceof PilotError) return;
		throw error;
	}
}

async function shortLine(context: CommandContext, format: 'tmux' | 'prompt'): Promise<string> {
	const width = widthOf(context);
	const status = await statusIfThere(context);
	const line = format === 'tmux' ? tmuxLine(status, Date.now(), width) : promptText(status);
	const ascii = status?.look?.ascii ?? 'auto';
	return (ascii === 'auto' ? wantsAscii(context.env) : ascii) ? toAscii(line) : line;
}

export default defineCommand({
	name: 'status',
	summary: 'Say what the pilot is doing, and why not more.',
	options: [
		['--format <format>', `${formats.join(', ')}: tmux and prompt are one short line, and quiet without a pilot`],
		['--width <cells>', `with --format tmux: the longest line (default ${defaultWidth})`],
	],
	example: 'pilot-tui status --json',
	async run(context) {
		const {io, control} = context;
		const format = formatOf(context);
		if (format === 'tmux' || format === 'prompt') {
			const line = await shortLine(context, format);
			if (line !== '') io.out(line);
			return 0;
		}
		const status = await control().status();
		if (format === 'json') {
			io.out(JSON.stringify({...status, missions: withEstimates(status.estimates, status.missions)}));
			return 0;
		}
		io.out(statusText(status, Date.now()));
		for (const approval of byUrgency(status.approvals)) io.out(`asked: ${approval.approvalId} ${askedLine(approval)}`);
		return 0;
	},
});
