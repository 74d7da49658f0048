import {closeSync, existsSync, openSync, readdirSync, readFileSync, readSync} from 'node:fs';
import path from 'node:path';
import {z} from 'zod';
import type {Mission} from '../domain/mission.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import {Diffstat, Receipt} from '../domain/receipt.js';
import {readLog} from '../kernel/event-log.js';
import {parseQueue} from '../queue/index.js';
import {countOf, factLine} from '../view/fact-line.js';
import {clockTime} from '../view/format.js';
import type {Page} from '../view/page.js';

/** What there is to read about a mission and one of its attempts. */
export interface MissionPages {
	readonly missionId: string;
	readonly title: string;
	/** Those that left files here, oldest first. */
	readonly attempts: readonly number[];
	/** The one that is told of; undefined while there is none. */
	readonly attempt: number | undefined;
	/** What it is, report, receipts, changes, history; those that there are, the first always. */
	readonly pages: readonly Page[];
}

/** A diff of more is no reading for a window; its beginning is shown, and where the rest lies. */
const mostBytes = 1_000_000;

/** Undefined where there is no such file. */
function textOf(file: string): string | undefined {
	if (!existsSync(file)) return;
	const handle = openSync(file, 'r');
	try {
		const bytes = Buffer.alloc(mostBytes);
		const length = readSync(handle, bytes, 0, mostBytes, 0);
		const text = bytes.toString('utf8', 0, length);
		return length < mostBytes ? text : `${text.slice(0, text.lastIndexOf('\n'))}\n\nThe rest is in ${file}\n`;
	} finally {
		closeSync(handle);
	}
}

function taskText({description, criteria, testSteps}: Mission): string {
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

function historyText(pilotDir: string, missionId: string): string {
	const facts = ['events.ndjson.1', 'events.ndjson'].flatMap(name => readLog(path.join(pilotDir, name)).events);
	const lines = facts.flatMap(fact => {
		const line = factLine(fact);
		return line?.missionId === missionId ? [`${clockTime(fact.at, Date.now())}  ${line.text}`] : [];
	});
	return lines.join('\n');
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

const findMission = (workspace: string, id: string) =>
	parseQueue(readFileSync(path.join(workspace, 'missions.md'))).items.find(({mission}) => mission.id === id)?.mission;

/** Reads what is on the disk about a mission; no pilot needs to run. Throws MISSION_UNKNOWN, ATTEMPT_UNKNOWN. */
export function readMissionPages(workspace: string, given: string, wanted?: number): MissionPages {
	const pilotDir = path.join(workspace, '.pilot');
	const missionId = given.replace(/^\^/, '');
	const isId = /^m-[0-9a-z]{1,32}$/.test(missionId);
	const folder = path.join(pilotDir, 'runs', missionId);
	const attempts = isId ? attemptsIn(folder) : [];
	const mission = isId ? findMission(workspace, missionId) : undefined;
	if (!mission && attempts.length === 0)
		throw new PilotError('MISSION_UNKNOWN', {
			what: `There is no mission ${given} in missions.md, and none has run here.`,
			todo: '`pilot-tui queue --all` lists those that there are.',
		});
	const attempt = wanted ?? attempts.at(-1);
	if (wanted !== undefined && !attempts.includes(wanted))
		throw new PilotError('ATTEMPT_UNKNOWN', {
			what: `^${missionId} has no attempt ${wanted} here.`,
			todo: attempts.length > 0 ? `There is: ${attempts.join(', ')}.` : 'It has not run here yet.',
			exitCode: ExitCode.usage,
		});
	const history = historyText(pilotDir, missionId);
	return {
		...{missionId, attempts, attempt},
		title: mission?.title ?? 'no longer in missions.md',
		pages: [
			{title: 'Mission', kind: 'markdown', text: mission ? taskText(mission) : 'It is no longer in missions.md.'},
			...(attempt === undefined ? [] : runPages(path.join(folder, String(attempt)))),
			...(history === '' ? [] : [{title: 'History', kind: 'plain', text: history} satisfies Page]),
		],
	};
}
