import type {QuotaWindow} from '../domain/budget.js';
import {readSpending} from './money.js';
import {plainLines} from './plain-text.js';
import {type Clock, readResetTime} from './reset-time.js';

export interface UsageTextContext extends Clock {
	/** `pasted`, `usage command` … */
	readonly source: string;
}

const hourMs = 3_600_000;
type Figures = Omit<QuotaWindow, 'kind' | 'source' | 'measuredAt'>;

/**
 * Reads the text of Claude Code's `/usage` (screen and `claude -p "/usage"`, 2.0.5 to 2.1.328) or of claude.ai's usage
 * page. A row is its label and the figures up to the next label: `N% used` or `N% left`, money spent, a reset. Lines such as
 * "96% of your usage came from …" belong to no row. Of a row that comes twice the last one counts.
 *
 * @returns No window without a figure; nothing at all when the text has none. Never throws.
 */
export function parseUsageText(text: string, context: UsageTextContext): QuotaWindow[] {
	const measured = {source: context.source, measuredAt: new Date(context.nowMs).toISOString()};
	const windows = new Map<string, QuotaWindow>();
	for (const {kind, lines} of rowsOf(text)) {
		const figures = readFigures(kind, lines, context);
		if (figures.usedPercent === undefined && figures.spent === undefined) continue;
		windows.set(kind, {kind, ...figures, ...measured});
	}
	return [...windows.values()];
}

interface Row {
	readonly kind: string;
	readonly lines: string[];
}

function rowsOf(text: string): Row[] {
	const rows: Row[] = [];
	let current: Row | undefined;
	for (const line of plainLines(text).flatMap(splitRows)) {
		const label = readLabel(line);
		if (label) {
			current = {kind: label.kind, lines: [label.rest]};
			rows.push(current);
		} else if (endsRow.test(line)) current = undefined;
		else current?.lines.push(line);
	}
	return rows;
}

const rowStart = / (?=Current (?:session|week)\b|(?:Extra usage|Usage credits) \d)/g;

/** Rows that were pasted into one line. */
const splitRows = (line: string) => line.replaceAll(rowStart, '\n').split('\n');

const endsRow =
	/^(?:what's |last \d|last updated|session$|weekly limits|plan usage|usage by model|usage:|estimated |total |prompt cache|esc |\d+(?:\.\d+)?% of )/i;
const label =
	/^[-*•·>\s]*(?:current (session|day|week|month|year|cycle|billing (?:cycle|period))(?: ?\(([^()]{1,40})\))?|(all models)|([a-z][\w.-]{0,20}) only|(usage credits|extra usage))(?=[:\s\d]|$):?(.*)$/i;

function readLabel(line: string): {kind: string; rest: string} | undefined {
	const [, period, scope, all, model, credits, rest = ''] = label.exec(line) ?? [];
	if (period !== undefined) return {kind: periodKind(period, scope), rest};
	if (credits) return {kind: 'credits', rest};
	if (all) return {kind: 'weekly', rest};
	return model ? {kind: `weekly:${model.toLowerCase()}`, rest} : undefined;
}

/** A period that is not known yet is kept under its own name. */
function periodKind(period: string, scope: string | undefined): string {
	const known: Readonly<Record<string, string>> = {session: 'five_hour', week: 'weekly'};
	const name = known[period.toLowerCase()] ?? period.toLowerCase().replaceAll(/[ -]+/g, '_');
	const model = scope?.replace(/ only$/i, '').toLowerCase();
	return model && model !== 'all models' ? `${name}:${model}` : name;
}

const percent = /(?<![\d.,])(\d{1,3}(?:[.,]\d{1,4})?) ?% (used|left|remaining)\b/i;

function readFigures(kind: string, lines: readonly string[], clock: Clock): Figures {
	const longestMs = kind === 'five_hour' ? 5 * hourMs : 7 * 24 * hourMs;
	const usedPercent = first(lines, readPercent);
	const resetsAt = first(lines, line => {
		const when = /\bresets?:? +(?:on |at )?(.+)$/i.exec(line)?.[1];
		return when === undefined ? undefined : readResetTime(when, clock, longestMs);
	});
	return {
		...(usedPercent === undefined ? {} : {usedPercent}),
		...(resetsAt === undefined ? {} : {resetsAt}),
		...(kind === 'credits' ? first(lines, readSpending) : undefined),
	};
}

function readPercent(line: string): number | undefined {
	const found = percent.exec(line);
	if (!found?.[1]) return undefined;
	const value = Number(found[1].replace(',', '.'));
	return found[2]?.toLowerCase() === 'used' ? value : Math.max(0, Math.round((100 - value) * 1e4) / 1e4);
}

function first<T>(lines: readonly string[], read: (line: string) => T | undefined): T | undefined {
	for (const line of lines) {
		const value = read(line);
		if (value !== undefined) return value;
	}
	return undefined;
}
