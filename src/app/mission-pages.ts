import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {z} from 'zod';
import {countOf} from '../domain/count-of.js';
import type {PilotEvent} from '../domain/event.js';
import type {Mission, QueueItem} from '../domain/mission.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import {priorityName} from '../domain/priority.js';
import {Diffstat, Receipt} from '../domain/receipt.js';
import {readIfThere} from '../kernel/files.js';
import {pickFactsWith} from '../kernel/pick-facts.js';
import {readPlain} from '../kernel/safe-read.js';
import {findItem} from '../queue/index.js';
import {sentence, tookWords} from '../view/estimate-words.js';
import {endedSessions, explanation, takenBy} from '../view/explain.js';
import {factLine} from '../view/fact-line.js';
import {clockTime} from '../view/format.js';
import type {Page} from '../view/page.js';

/** What there is to read about a mission and one of its attempts. */
export interface MissionPages {
	readonly missionId: string;
	readonly title: string;
	/** Its priority, access, target and place, in one line; '' when it is no longer in missions.md. */
	readonly about: string;
	/** What an estimate of it goes by; undefined unless it waits. */
	readonly waiting: Pick<Mission, 'access' | 'target' | 'template'> | undefined;
	/** Those that left files here, oldest first. */
	readonly attempts: readonly number[];
	/** The one that is told of; undefined while there is none. */
	readonly attempt: number | undefined;
	/** What it is, report, receipts, changes, history, explanation; those that there are, the first always. */
	readonly pages: readonly Page[];
}

/** A diff of more is no reading for a window; its beginning is shown, and where the rest lies. */
const mostBytes = 1_000_000;

/** Undefined where there is no such file, or none that can be read. */
function textOf(file: string): string | undefined {
	const bytes = readPlain(file);
	if (bytes === undefined || bytes.length < mostBytes) return bytes?.toString('utf8');
	const text = bytes.toString('utf8', 0, mostBytes);
	return `${text.slice(0, text.lastIndexOf('\n'))}\n\nThe rest is in ${file}\n`;
}

/** Of a mission that is a title alone. */
const noMore = (line: number) =>
	`Its title, in line ${line} of missions.md, is all that the agent gets. To say more, write it below that line, indented by two spaces: what it is about, \`Acceptance Criteria:\` and \`Test Steps:\`. In the dashboard \`e\` opens the file there.`;

function taskText({description, criteria, testSteps}: Mission, line: number): string {
	if (description === '' && criteria.length === 0 && testSteps.length === 0) return noMore(line);
	const list = (title: string, items: readonly string[]) =>
		items.length === 0 ? [] : [`## ${title}\n\n${items.map(item => `- ${item}`).join('\n')}`];
	return [
		...(description === '' ? [] : [description]),
		...list(
			'Acceptance Criteria',
			criteria.map(({text}) => text),
		),
		...list('Test Steps', testSteps),
	].join('\n\n');
}

const Gathered = z.object({
	branch: z.string().optional(),
	diffstat: Diffstat.optional(),
	flags: z.array(z.string()).default([]),
	receipts: z.array(Receipt),
});

/** What speaks against it comes first. */
const weight = {refuted: 2, missing: 1, met: 0, 'not-required': -1} as const;
const shapes = {met: '✓', refuted: '✗', missing: '?', 'not-required': '–'} as const;

function receiptText({title, verdict, why, command, exitCode, durationMs, tail}: Receipt): string {
	const head = `## ${shapes[verdict]} ${verdict}: ${title}\n\n${why}`;
	if (command === undefined) return head;
	const took = durationMs === undefined ? '' : `, ${Math.round(durationMs)} ms`;
	const printed = tail?.trim() ? `${tail.trimEnd()}\n` : '';
	return `${head}\n\n\`\`\`\n$ ${command}\n${printed}exit ${exitCode ?? 'none'}${took}\n\`\`\``;
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

function receiptsText(json: string): string {
	const value = parsed(json);
	if (value === undefined) return 'The receipts are damaged: they cannot be read.';
	const {success, data} = Gathered.safeParse(value);
	if (!success) return 'The receipts were written by another version of pilot-tui.';
	const {branch, diffstat, flags, receipts} = data;
	const change = diffstat ? `: ${countOf(diffstat.files, 'file')}, +${diffstat.added} -${diffstat.removed}` : '';
	return [
		...(branch ? [`Branch ${branch}${change}`] : []),
		...(flags.length > 0 ? [`## Look at these yourself\n\n${flags.map(flag => `- ${flag}`).join('\n')}`] : []),
		...receipts.toSorted((a, b) => weight[b.verdict] - weight[a.verdict]).map(receiptText),
	].join('\n\n');
}

/** More is no reading, and would be waited for; `logs` prints all of it. */
const mostFacts = 500;

function factsOf(pilotDir: string, missionId: string): PilotEvent[] {
	const facts = ['events.ndjson.1', 'events.ndjson'].flatMap(name =>
		pickFactsWith(path.join(pilotDir, name), `"missionId":"${missionId}"`, mostFacts),
	);
	return facts.slice(-mostFacts);
}

/** What the last attempt took, against what was expected when it was taken; nothing while the next one is under way. */
function costOf(facts: readonly PilotEvent[]): string[] {
	const last = facts.findLast(({type}) => type === 'mission.concluded' || type === 'mission.claimed');
	if (last?.type !== 'mission.concluded' || !last.data.spent) return [];
	const taken = facts.findLast(({type}) => type === 'mission.claimed');
	const estimate = taken?.type === 'mission.claimed' ? taken.data.estimate : undefined;
	const all = endedSessions(facts);
	const own = all.filter(({attempt}) => attempt === last.data.attempt);
	// The log is exact, and what Explain sums up; the quota is known to the pilot alone.
	const spent = own.length === 0 ? last.data.spent : {...last.data.spent, ...takenBy(own)};
	const attempts = new Set(all.map(({attempt}) => attempt)).size;
	return [sentence(tookWords(spent, estimate, attempts > 1 ? {attempts, spent: takenBy(all)} : undefined))];
}

function historyPages(facts: readonly PilotEvent[], nowMs: number): Page[] {
	const lines = facts.flatMap(fact => {
		const line = factLine(fact);
		return line ? [`${clockTime(fact.at, nowMs)}  ${line.text}`] : [];
	});
	if (lines.length === 0) return [];
	const cut = facts.length < mostFacts ? [] : ['What was before is left out: pilot-tui logs has it.'];
	return [
		{title: 'History', kind: 'plain', text: [...cut, ...lines].join('\n')},
		{title: 'Explain', kind: 'markdown', text: explanation(facts, nowMs)},
	];
}

function attemptsIn(folder: string): number[] {
	const names = existsSync(folder) ? readdirSync(folder) : [];
	return names
		.filter(name => /^\d+$/.test(name))
		.map(Number)
		.sort((a, b) => a - b);
}

/** What a run left; text in it is read as it stands, and never taken for a path. */
function runPages(folder: string): Page[] {
	const report = textOf(path.join(folder, 'report.md'));
	const receipts = textOf(path.join(folder, 'receipts.json'));
	const changes = textOf(path.join(folder, 'changes.diff'));
	return [
		{title: 'Report', kind: 'markdown', text: report ?? 'This attempt left no report.'},
		...(receipts === undefined
			? []
			: [{title: 'Receipts', kind: 'markdown', text: receiptsText(receipts)} satisfies Page]),
		...(changes === undefined ? [] : [{title: 'Changes', kind: 'diff', text: changes} satisfies Page]),
	];
}

const findMission = (workspace: string, id: string, title?: string) =>
	findItem(readIfThere(path.join(workspace, 'missions.md')) ?? Buffer.alloc(0), id, title);

/** `Priority high, access read, target app, line 12 of missions.md.` */
function aboutOf({mission: {priority, access, target, template}, line}: QueueItem): string {
	const parts = [`Priority ${priorityName(priority)}`, `access ${access}`, target && `target ${target}`];
	return `${[...parts, template && `template ${template}`, `line ${line} of missions.md`].filter(Boolean).join(', ')}.`;
}

/** What of a mission is wanted: one of its attempts, else the last; and its title, where that is known, finds it sooner. */
export interface PagesWish {
	readonly attempt?: number | undefined;
	readonly title?: string | undefined;
}

/** Reads what is on the disk about a mission; no pilot needs to run. Throws MISSION_UNKNOWN, ATTEMPT_UNKNOWN. */
export function readMissionPages(
	workspace: string,
	given: string,
	{attempt: wanted, title}: PagesWish = {},
): MissionPages {
	const pilotDir = path.join(workspace, '.pilot');
	const missionId = given.replace(/^\^/, '');
	const isId = /^m-[0-9a-z]{1,32}$/.test(missionId);
	const folder = path.join(pilotDir, 'runs', missionId);
	const attempts = isId ? attemptsIn(folder) : [];
	const item = isId ? findMission(workspace, missionId, title) : undefined;
	if (!item && attempts.length === 0)
		throw new PilotError('MISSION_UNKNOWN', {
			what: `There is no mission ${given} in missions.md, and none has run here.`,
			todo: '`pilot-tui queue --all` lists those that there are.',
		});
	const facts = isId ? factsOf(pilotDir, missionId) : [];
	const task = item ? taskText(item.mission, item.line) : 'It is no longer in missions.md.';
	const attempt = wanted ?? attempts.at(-1);
	if (wanted !== undefined && !attempts.includes(wanted))
		throw new PilotError('ATTEMPT_UNKNOWN', {
			what: `^${missionId} has no attempt ${wanted} here.`,
			todo: attempts.length > 0 ? `There is: ${attempts.join(', ')}.` : 'It has not run here yet.',
			exitCode: ExitCode.usage,
		});
	return {
		...{missionId, attempts, attempt, about: item ? aboutOf(item) : ''},
		waiting: item?.state === 'pending' ? item.mission : undefined,
		title: item?.mission.title ?? 'no longer in missions.md',
		pages: [
			{title: 'Mission', kind: 'markdown', text: [...costOf(facts), task].filter(Boolean).join('\n\n')},
			...(attempt === undefined ? [] : runPages(path.join(folder, String(attempt)))),
			...historyPages(facts, Date.now()),
		],
	};
}
