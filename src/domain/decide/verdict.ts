import type {MissionState} from '../mission.js';
import type {Receipt} from '../receipt.js';
import type {ReportKind} from '../report.js';
import type {Run} from '../state.js';

/** What becomes of an attempt when everything is gathered. */
export type Verdict =
	| {readonly kind: 'retry'; readonly why: string}
	| {
			readonly kind: 'end';
			readonly state: MissionState;
			readonly why: string;
			readonly summary: string;
			readonly reportKind: ReportKind;
	  };

const triesAllowed = 2;

const firstLine = (text: string) =>
	text
		.split('\n')
		.find(line => line.trim() !== '')
		?.trim() ?? '';

export const reportKindOf = (run: Run): ReportKind =>
	run.report ? 'reported' : run.ended?.lastWords ? 'last-words' : 'none';

const summaryOf = (run: Run) => (run.report?.summary || firstLine(run.ended?.lastWords ?? '')).slice(0, 300);

/** `expected a change: nothing changed`. */
const told = (receipts: readonly Receipt[]) =>
	receipts.map(({title, verdict, why}) => `${verdict === 'missing' ? 'expected ' : ''}${title}: ${why}`).join('; ');

/**
 * Judges one attempt from facts alone: how the session ended, what it reported, what pilot itself checked.
 * A refuting receipt or a failed session is tried once more; a missing receipt makes the mission unproven.
 */
export function verdictOf(run: Run): Verdict {
	const end = (state: MissionState, why: string): Verdict => ({
		kind: 'end',
		state,
		why,
		summary: summaryOf(run) || why,
		reportKind: reportKindOf(run),
	});
	const retryOr = (state: MissionState, why: string): Verdict =>
		run.tries < triesAllowed ? {kind: 'retry', why} : end(state, why);
	const of = (verdict: Receipt['verdict']) => (run.receipts ?? []).filter(receipt => receipt.verdict === verdict);

	if (run.stopAsked === 'skip') return end('pending', 'skipped: goes to the end of its priority');
	if (run.stopAsked && run.stepFailure) return end('parked', 'stopped');
	if (run.stepFailure?.code === 'CHECKOUT_GONE' && run.tries < triesAllowed)
		return {kind: 'retry', why: run.stepFailure.why};
	if (run.stepFailure) return end('blocked', `${run.stepFailure.why} ${run.stepFailure.todo}`);
	const unchanged = of('refuted').find(receipt => receipt.kind === 'unchanged');
	if (unchanged) return end('blocked', unchanged.why);
	if (run.stopAsked === 'park')
		return end('parked', run.collected?.commits ? `stopped; its work is kept on ${run.collected.branch}` : 'stopped');
	if (run.blockedReason) return end('blocked', run.blockedReason);
	if (run.ended?.outcome === 'failed') return retryOr('failed', run.ended.why);
	if (run.ended?.outcome === 'overran' && !run.report) return retryOr('failed', run.ended.why);
	if (run.ended?.outcome === 'lost' && !run.report) return end('failed', 'the session was lost again and again');
	if (!run.report && run.questions.length > 0) return end('parked', `needs an answer: ${run.questions.at(-1)}`);

	if (!run.receipts) return end('unproven', 'nothing was checked');
	const refuted = of('refuted');
	if (refuted.length > 0) return retryOr('failed', told(refuted));
	const missing = of('missing');
	if (missing.length > 0) return end('unproven', told(missing));
	return end('done', told(of('met')) || 'nothing was required');
}
