import {countOf} from '../domain/count-of.js';
import type {Criterion} from '../domain/mission.js';
import type {Diffstat, Receipt} from '../domain/receipt.js';
import type {Run, RunResult} from '../kernel/spawn.js';
import {parseCounts} from './counts.js';
import {judgeTests, type SuiteRun} from './judge-tests.js';

export interface GatherInput {
	readonly access: 'read' | 'write' | 'trusted';
	readonly criteria: readonly Criterion[];
	/** Where commands run: the mission's checkout. */
	readonly cwd: string;
	/** The session's environment and tag, never pilot's own secrets. */
	readonly env: Readonly<Record<string, string>>;
	readonly gateMs: number;
	readonly testCommand: string | undefined;
	readonly testsBefore: SuiteRun | undefined;
	readonly hasReport: boolean;
	readonly collected:
		| {
				readonly changed: boolean;
				readonly diffstat?: Diffstat;
				readonly commits: number;
				readonly diffPath?: string;
				readonly flags?: readonly string[];
		  }
		| undefined;
	readonly signal: AbortSignal;
}

export interface GatherDeps {
	readonly run: Run;
	readonly redact: (text: string) => string;
}

const tailBytes = 4000;
const keptBytes = 2_000_000;

const tailOf = ({stdout, stderr}: RunResult, redact: (text: string) => string) =>
	redact(`${stdout}${stderr}`).slice(-tailBytes);

/** Runs a command of the human's with `sh -c` in the checkout, bounded in time; the whole process group ends with it. */
const shell = (command: string, {cwd, env, gateMs, signal}: GatherInput, {run}: GatherDeps) =>
	run('sh', ['-c', command], {cwd, env, timeoutMs: gateMs, keepBytes: keptBytes, signal});

async function criterionReceipt(criterion: Criterion, input: GatherInput, deps: GatherDeps): Promise<Receipt> {
	const title = criterion.text;
	if (criterion.command === undefined)
		return {kind: 'criterion', title, verdict: 'not-required', why: 'in words: for the agent and the reviewer'};
	const result = await shell(criterion.command, input, deps);
	const {exitCode, durationMs, timedOut, startError} = result;
	const told = {
		kind: 'criterion' as const,
		title,
		command: criterion.command,
		exitCode,
		durationMs,
		tail: tailOf(result, deps.redact),
	};
	if (startError !== undefined) return {...told, verdict: 'missing', why: `could not be started: ${startError}`};
	if (timedOut)
		return {...told, verdict: 'missing', why: `took longer than ${Math.round(input.gateMs / 60_000)} minutes`};
	if (input.signal.aborted && exitCode === null)
		return {...told, verdict: 'missing', why: 'the pilot was stopped while it ran'};
	return exitCode === 0
		? {...told, verdict: 'met', why: 'exit 0'}
		: {...told, verdict: 'refuted', why: `exit ${exitCode ?? 'by signal'}`};
}

export async function runSuite(
	command: string,
	input: Pick<GatherInput, 'cwd' | 'env' | 'gateMs' | 'signal'>,
	{run, redact}: GatherDeps,
): Promise<SuiteRun & {durationMs: number; tail: string}> {
	const result = await run('sh', ['-c', command], {...input, timeoutMs: input.gateMs, keepBytes: keptBytes});
	const {exitCode, timedOut, startError, durationMs} = result;
	const isWhole = [result.stdout, result.stderr].every(text => Buffer.byteLength(text) < keptBytes);
	const counts = parseCounts(`${result.stdout}\n${result.stderr}`, isWhole);
	return {
		exitCode,
		counts,
		timedOut,
		durationMs,
		tail: tailOf(result, redact),
		...(startError === undefined ? {} : {startError}),
	};
}

async function testReceipt(input: GatherInput, deps: GatherDeps): Promise<Receipt> {
	const title = 'tests of the target';
	if (!input.testCommand) return {kind: 'tests', title, verdict: 'not-required', why: 'no test suite was found'};
	const after = await runSuite(input.testCommand, input, deps);
	const {verdict, why} = judgeTests(after, input.testsBefore);
	const before = input.testsBefore?.counts;
	return {
		kind: 'tests',
		title,
		verdict,
		why,
		command: input.testCommand,
		exitCode: after.exitCode,
		durationMs: after.durationMs,
		tail: after.tail,
		...(after.counts ? {counts: after.counts} : {}),
		...(before ? {countsBefore: before} : {}),
	};
}

function diffReceipt({access, collected}: GatherInput): Receipt {
	if (access === 'read') {
		const changed = collected?.changed ?? false;
		const why = changed
			? `a read mission changed its checkout; the difference is kept in ${collected?.diffPath ?? 'its run folder'}`
			: 'the checkout is as it was';
		return {kind: 'unchanged', title: 'nothing changed', verdict: changed ? 'refuted' : 'met', why};
	}
	const stat = collected?.diffstat;
	if (!collected?.changed || !stat)
		return {
			kind: 'diff',
			title: 'a change',
			verdict: 'missing',
			why: ['nothing changed', ...(collected?.flags ?? [])].join('; '),
		};
	if (stat.files === 0)
		return {
			kind: 'diff',
			title: 'a change',
			verdict: 'missing',
			why: `its ${collected.commits} commits change no file`,
		};
	return {
		kind: 'diff',
		title: 'a change',
		verdict: 'met',
		why: `${countOf(collected.commits, 'commit')}, ${countOf(stat.files, 'file')}, +${stat.added} -${stat.removed}`,
	};
}

const reportReceipt = ({hasReport}: GatherInput): Receipt => ({
	kind: 'report',
	title: 'a report',
	verdict: hasReport ? 'met' : 'missing',
	why: hasReport ? 'there is one' : 'neither a report nor last words',
});

/** Gathers the evidence for one attempt, one command after the other, by pilot itself. */
export async function gatherReceipts(input: GatherInput, deps: GatherDeps): Promise<Receipt[]> {
	const receipts = [reportReceipt(input), diffReceipt(input)];
	for (const criterion of input.criteria) receipts.push(await criterionReceipt(criterion, input, deps));
	if (input.access !== 'read') receipts.push(await testReceipt(input, deps));
	return receipts;
}
