import path from 'node:path';
import {mergeWindows, parseUsageText} from '../budget/index.js';
import type {QuotaWindow} from '../domain/budget.js';
import {fullWindows} from '../domain/decide/gate.js';
import {windowName} from '../domain/window-name.js';
import {readIfThere} from '../kernel/files.js';
import {findProgram} from '../kernel/find-program.js';
import {allowedEnvironment} from '../session/index.js';
import type {Context} from './context.js';

/** Tells once per window and reset that it is filling up. */
function warn({store, config, clock}: Pick<Context, 'store' | 'config' | 'clock'>) {
	for (const window of fullWindows(store.state.windows, config.budget.warnPercent, clock.now())) {
		const key = `${window.kind}@${window.resetsAt ?? ''}`;
		const why = `the ${windowName(window.kind)} is ${Math.round(window.usedPercent ?? 0)} % used`;
		if (!store.state.warned.includes(key))
			store.emit('budget.warned', {key, why, ...(window.resetsAt ? {resetsAt: window.resetsAt} : {})});
	}
}

/** Takes in quota windows from wherever they came; paid overflow parks the account unless it is allowed. */
export function takeQuota(
	context: Pick<Context, 'store' | 'config' | 'clock'>,
	fresh: readonly QuotaWindow[],
	overage = false,
) {
	const {store, config} = context;
	if (overage && !config.budget.allowOverage && !store.state.parked) {
		store.emit('account.parked', {
			kind: 'overage',
			why: 'usage is being paid for on top of the plan (budget.allowOverage is off): pilot-tui resume goes on',
		});
	}
	if (fresh.length === 0) return;
	store.emit('quota.read', {windows: mergeWindows(store.state.windows, fresh)});
	warn(context);
}

export const usageTimezone = (config: Context['config']) =>
	config.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The windows in a pasted `/usage` text; empty when there is no figure in it. */
export const readUsageText = (config: Context['config'], text: string, nowMs: number, source: string): QuotaWindow[] =>
	parseUsageText(text, {nowMs, timezone: usageTimezone(config), source});

/**
 * Asks the user's own claude: `claude -p "/usage"` costs no tokens and half a second (2.1.328). Its endpoint is rate limited, so this
 * runs at most every ten minutes; an answer without figures means unknown, not zero.
 */
export async function askUsage(context: Context): Promise<void> {
	const {config, env, run, workspace, clock} = context;
	const program = findProgram(config.claude.command, env.PATH, workspace);
	if (!program) return;
	const result = await run(
		program,
		['-p', '/usage', '--no-session-persistence', '--setting-sources', 'user', '--permission-mode', 'dontAsk'],
		{
			cwd: context.pilotDir,
			env: {...allowedEnvironment(env), DISABLE_AUTOUPDATER: '1', ...config.claude.env},
			timeoutMs: 30_000,
			keepBytes: 50_000,
		},
	);
	if (result.exitCode === 0) takeQuota(context, readUsageText(config, result.stdout, clock.now(), 'usage command'));
}

/** Reads `usage.md` when the human has pasted something new into it. */
export function createUsageFile(context: Context): {look(): void} {
	const file = path.join(context.workspace, 'usage.md');
	let last = '';
	return {
		look() {
			const text = readIfThere(file)?.toString('utf8') ?? '';
			if (text === last) return;
			last = text;
			takeQuota(context, readUsageText(context.config, text, context.clock.now(), 'usage.md'));
		},
	};
}
