import {countOf} from '../domain/count-of.js';
import type {Receipt} from '../domain/receipt.js';
import type {Run} from '../domain/state.js';
import {totalTokens} from '../domain/tokens.js';

export interface EntryInput {
	readonly run: Run;
	/** `14:05` in the workspace's zone. */
	readonly time: string;
	/** Path of the report, relative to the workspace; undefined when there is none. */
	readonly reportPath: string | undefined;
}

/** What makes an entry findable, so that it is written once, ever: one per attempt. */
export const entryMark = (missionId: string, attempt: number) => `<!-- ${missionId}/${attempt} -->`;

/** Controls, and what reorders or hides text. */
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text from an agent as it may stand in an entry: it can open no entry of its own and forge no mark. */
const quoted = (text: string) =>
	text
		.replaceAll(hidden, '')
		.replaceAll('<!--', '‹!--')
		.replaceAll(/^([ \t]*)(#{1,6}(?=\s|$)|[=-]+[ \t]*$)/gm, '$1\\$2')
		.trim();

const oneLine = (text: string) => quoted(text).replaceAll(/\s+/g, ' ');

const bullets = (title: string, items: readonly string[]) =>
	items.length === 0 ? '' : `**${title}**\n\n${items.map(item => `- ${oneLine(item)}`).join('\n')}`;

const receiptLine = (receipt: Receipt) => {
	const code = receipt.exitCode === undefined ? '' : ` (exit ${receipt.exitCode ?? 'by signal'})`;
	return `${receipt.verdict}: ${receipt.title}${code}: ${receipt.why}`;
};

function figures({ended, claimedAt}: Run): string {
	if (!ended) return `taken ${claimedAt}`;
	const seconds = Math.max(1, Math.round(ended.durationMs / 1000));
	const duration = seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
	const cost = ended.costUsd > 0 ? `, $${ended.costUsd.toFixed(4)}` : '';
	return `${duration}, ${countOf(ended.turns, 'turn')}, ${totalTokens(ended.tokens)} tokens${cost}`;
}

function branchLine({collected}: Run): string {
	if (!collected?.branch || !collected.diffstat) return '';
	const {files, added, removed} = collected.diffstat;
	return `Branch \`${collected.branch}\`: ${countOf(collected.commits, 'commit')}, ${countOf(files, 'file')}, +${added} -${removed}.`;
}

/** That a human had it in hand, and what he said: else the work would seem the agent's alone. */
function takenLine({taken}: Run): string {
	if (!taken) return '';
	const said = taken.said.map(text => `“${oneLine(text)}”`).join(', ');
	return `A human took over (${oneLine(taken.by)})${said ? ` and said: ${said}` : ''}.`;
}

/** One entry of the journal: heading with time and outcome, then what happened, what holds it up, what was decided. */
export function renderEntry({run, time, reportPath}: EntryInput): string {
	const state = run.conclusion?.state ?? 'failed';
	const why = run.conclusion?.why ?? '';
	const body = [
		entryMark(run.missionId, run.attempt),
		`*${figures(run)}*`,
		quoted(run.conclusion?.summary || run.report?.summary || why),
		state === 'done' ? '' : `Why ${state}: ${quoted(why)}`,
		takenLine(run),
		branchLine(run),
		reportPath
			? `Report${run.report ? '' : ' (last words: the session gave none when it was asked)'}: [${reportPath}](../${reportPath})`
			: '',
		bullets('Discoveries', run.report?.learnings ?? []),
		bullets('Decisions', run.report?.decisions ?? []),
		bullets('Questions', run.questions),
		bullets(
			'Asked for',
			(run.asked ?? []).map(({what, came}) => `${what}: ${came}`),
		),
		bullets('Receipts', (run.receipts ?? []).map(receiptLine)),
		bullets('Look at', [...(run.collected?.flags ?? []), ...(run.checkout?.notes ?? [])]),
	];
	return `## ${time} ${state}: ${oneLine(run.mission.title)} ^${run.missionId}\n\n${body.filter(Boolean).join('\n\n')}\n`;
}

/** The journal's day with the entry at its end; undefined when the entry is there already. Earlier bytes stay as they are. */
export function appendEntry(bytes: Buffer | undefined, entry: string, mark: string, day: string): Buffer | undefined {
	const before = bytes ?? Buffer.from(`# Journal of ${day}\n`);
	if (before.includes(mark)) return;
	const gap = before.at(-1) === 0x0a ? '\n' : '\n\n';
	return Buffer.concat([before, Buffer.from(gap + entry)]);
}
