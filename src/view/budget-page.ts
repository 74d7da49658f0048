import {countOf} from '../domain/count-of.js';
import type {Status} from '../domain/status.js';
import {expectedWords} from './estimate-words.js';
import {shortCount, shortDuration} from './format.js';
import {bar, type Gauge, gauges, pasteHint, runsLine, tokensLine, unknownQuota} from './gauge.js';
import {labelOf} from './keymap.js';
import type {Page} from './page.js';
import {plainText} from './plain-text.js';

const barCells = 40;

function windowText(gauge: Gauge, window: Status['budget']['windows'][number], {budget}: Status, nowMs: number) {
	const {stopPercent} = budget;
	const {usedPercent, timePercent, pilot, pilotPercent, forecast} = gauge;
	const left = usedPercent === undefined ? undefined : Math.max(0, Math.round(stopPercent - usedPercent));
	const drawn = bar(usedPercent, {stopPercent, timePercent, pilotPercent}, barCells);
	const lines = [
		usedPercent === undefined ? '' : [drawn, gauge.used, pilot].filter(Boolean).join(' '),
		usedPercent === undefined ? gauge.used : '',
		timePercent === undefined ? '' : `${Math.round(timePercent)} % of its time is over`,
		left === undefined
			? ''
			: `pilot stops at ${stopPercent} %: ${left > 0 ? `${left} % of it may still be used` : 'nothing more of it is used'}`,
		gauge.resets || 'when it resets is not known',
		forecast,
		`read ${shortDuration(nowMs - Date.parse(window.measuredAt))} ago (${plainText(window.source)})`,
	];
	return `## ${gauge.name}\n\n${lines
		.filter(Boolean)
		.map(line => `- ${line}`)
		.join('\n')}`;
}

/** What the signs in the bars say, once for all of them. */
function legend(all: readonly Gauge[]): string[] {
	const bars = all.filter(({usedPercent}) => usedPercent !== undefined);
	const signs = [
		bars.some(({pilot}) => pilot) ? '▓ used by pilot' : '',
		bars.some(({timePercent}) => timePercent !== undefined) ? '╎ time that is over' : '',
		bars.length > 0 ? '│ where pilot stops' : '',
	];
	return signs.some(Boolean) ? [`In the bars: ${signs.filter(Boolean).join(', ')}.`] : [];
}

const weekCells = 20;

function weekText({budget: {week = []}}: Status): string[] {
	if (week.length === 0) return [];
	const most = Math.max(1, ...week.map(({runs}) => runs));
	const rows = week.toReversed().map(({day, runs, tokens}) => {
		const drawn = '█'.repeat(Math.ceil((runs / most) * weekCells));
		return `- ${day} ${runs === 0 ? '·' : `${drawn} ${countOf(runs, 'run')}, ${shortCount(tokens)} tokens`}`;
	});
	return [`## The last seven days (UTC)\n\n${rows.join('\n')}`];
}

function estimatesText({estimates}: Status): string[] {
	if (!estimates) return [];
	const rows = Object.entries(estimates.kinds).map(
		([kind, estimate]) => `- ${plainText(kind)}: ${expectedWords(estimate)}`,
	);
	return [`## What missions take\n\n${[...rows, `- all together: ${expectedWords(estimates.all)}`].join('\n')}`];
}

/** What may still be spent, in full: each quota window with its marks, what today has taken, the week, and what missions take. */
export function budgetPage(status: Status, nowMs: number): Page {
	const {windows} = status.budget;
	const all = gauges(status, nowMs);
	const known = windows.flatMap((window, index) => {
		const gauge = all[index];
		return gauge ? [windowText(gauge, window, status, nowMs)] : [];
	});
	const text = [
		...legend(all),
		...(known.length > 0 ? known : [`${unknownQuota}; ${pasteHint(labelOf({status}, 'usage'))}`]),
		`## Today (UTC)\n\n- ${runsLine(status)}\n- ${tokensLine(status)}`,
		...weekText(status),
		...estimatesText(status),
	];
	return {title: 'Budget', kind: 'markdown', text: text.join('\n\n')};
}
