import {type CommandContext, defineCommand} from '../app/define-command.js';
import {nextFromFile, readMorning} from '../app/morning.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import {aheadLine} from '../view/format.js';
import {morningText} from '../view/morning-rows.js';

const unitMs = {m: 60_000, h: 3_600_000, d: 86_400_000} as const;
const mostMs = 366 * unitMs.d;

/** `12h`, `90m`, `2d`. */
function spanOf(text: string | boolean | undefined): number {
	const [, count, unit = 'h'] = /^(\d{1,6})([mhd])$/.exec(typeof text === 'string' ? text : '12h') ?? [];
	const ms = Number(count) * unitMs[unit as keyof typeof unitMs];
	if (ms > 0 && ms <= mostMs) return ms;
	throw new PilotError('SPAN_INVALID', {
		what: `--since ${text} is no time that can be gone back.`,
		todo: 'Give minutes, hours or days, such as 90m, 12h or 2d.',
		exitCode: ExitCode.usage,
	});
}

async function nextOf({control, workspace}: CommandContext, nowMs: number): Promise<string> {
	try {
		return aheadLine(await control().status(), nowMs).replace(/^next: /, '');
	} catch {
		return nextFromFile(workspace());
	}
}

export default defineCommand({
	name: 'report',
	summary:
		'Morning report: failures and unproven first, what finished with receipts, questions waiting, quota spent against estimate, what is next; no model tokens.',
	options: [['--since <time>', 'how far back, such as 90m, 12h or 2d (default 12h)']],
	example: 'pilot-tui report --since 8h',
	async run(context) {
		const {workspace, options, io, json} = context;
		const spanMs = spanOf(options.since);
		const nowMs = Date.now();
		const report = readMorning(workspace(), nowMs - spanMs, nowMs);
		const next = await nextOf(context, nowMs);
		io.out(json ? JSON.stringify({v: 1, ...report, next}) : morningText(report, next));
		return ExitCode.fine;
	},
});
