import {statSync} from 'node:fs';
import path from 'node:path';
import {parseUsageText} from '../budget/index.js';
import type {QuotaWindow} from '../domain/budget.js';
import {readPlain} from '../kernel/safe-read.js';

/** What stands in usage.md, as of when it was written; nothing where there is no such file. For when no pilot runs that would know. */
export function readUsageFile(workspace: string): QuotaWindow[] {
	const file = path.join(workspace, 'usage.md');
	const text = readPlain(file, {follow: true})?.toString('utf8');
	if (text === undefined) return [];
	const {mtimeMs} = statSync(file, {throwIfNoEntry: false}) ?? {mtimeMs: Date.now()};
	const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	return parseUsageText(text, {nowMs: Math.round(mtimeMs), timezone, source: 'usage.md'});
}

/** Of what was read in several ways, each window as it was read last. */
export const newestOf = <W extends Pick<QuotaWindow, 'kind' | 'measuredAt'>>(windows: readonly W[]): W[] => [
	...new Map(
		windows
			.toSorted((a, b) => Date.parse(a.measuredAt) - Date.parse(b.measuredAt))
			.map(window => [window.kind, window] as const),
	).values(),
];
