import {readFileSync} from 'node:fs';
import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {readUsageFile} from '../app/usage-file.js';
import {parseUsageText} from '../budget/index.js';
import type {QuotaWindow} from '../domain/budget.js';
import {PilotError} from '../domain/pilot-error.js';
import {writeDurably} from '../kernel/files.js';
import {windowLine} from '../view/format.js';

async function textOf({args: [file], io, cwd}: CommandContext): Promise<string> {
	if (file === '-') return io.stdin();
	const name = path.resolve(cwd, file ?? '');
	try {
		return readFileSync(name, 'utf8');
	} catch (cause) {
		throw new PilotError('USAGE_FILE', {
			what: `${name} cannot be read.`,
			todo: 'Name a file with the text that /usage prints, or - to paste it.',
			exitCode: 2,
			cause,
		});
	}
}

/** The fixed form: unknown values are left out, where they came from is no part of it. */
const plain = ({source: _source, measuredAt: _measuredAt, ...window}: QuotaWindow) => window;

function tell({io, json}: CommandContext, windows: readonly QuotaWindow[]): number {
	if (json) io.out(JSON.stringify({v: 1, windows: windows.map(plain)}));
	else if (windows.length > 0) for (const window of windows) io.out(windowLine(window, Date.now()));
	return windows.length > 0 ? 0 : 1;
}

/** A running pilot is told; otherwise the text is kept in usage.md, which the next start reads. */
async function keep(context: CommandContext, text: string) {
	const workspace = context.findWorkspace();
	if (!workspace) return;
	const told = await context
		.control()
		.command({type: 'usage.paste', text, source: 'pasted'})
		.catch(() => undefined);
	if (!told)
		writeDurably(
			path.join(workspace, 'usage.md'),
			`<!-- Paste what /usage prints in Claude Code below this line; the pilot reads it when it changes. -->\n${text.trimEnd()}\n`,
		);
}

export default defineCommand({
	name: 'usage',
	summary: 'Show the quota windows, or take in a pasted /usage text.',
	args: [['[file]', 'a file with the text, or - to read it from standard input']],
	example: 'claude -p /usage | pilot-tui usage -',
	async run(context) {
		if (context.args[0] === undefined) {
			const windows = await context
				.control()
				.status()
				.then(
					status => status.budget.windows,
					() => readUsageFile(context.workspace()),
				);
			if (windows.length === 0)
				context.io.err('The quota is not known yet. Paste it: claude -p /usage | pilot-tui usage -');
			return tell(context, windows);
		}
		const text = await textOf(context);
		const windows = parseUsageText(text, {
			nowMs: Date.now(),
			timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
			source: 'pasted',
		});
		if (windows.length > 0) await keep(context, text);
		else if (!context.json) context.io.err('There is no figure in that text; nothing was changed.');
		return tell(context, windows);
	},
});
