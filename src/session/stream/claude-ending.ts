import type {EndingInput} from '../agent.js';
import type {Ending} from '../voice.js';

/** `assistant.error` values of claude 2.1.328 that only the account's owner can mend. */
export const loginTroubles = new Set([
	'authentication_failed',
	'oauth_org_not_allowed',
	'account_on_hold',
	'verification_required',
	'billing_error',
	'cloud_credential_error',
]);

const lastLine = (text: string) =>
	text
		.split('\n')
		.findLast(line => line.trim() !== '')
		?.trim()
		.slice(0, 300) ?? '';

const howEnded = ({exitCode, signal}: EndingInput) =>
	exitCode === null ? `by signal ${signal}` : `with exit code ${exitCode}`;

function withoutResult(input: EndingInput): Ending {
	const said = lastLine(input.noise);
	if (input.signal === 9 || input.exitCode === 137)
		return {outcome: 'failed', why: 'claude was killed (signal 9; out of memory?)'};
	if (input.exitCode === 127) return {outcome: 'missing', why: `claude could not be started: ${said || 'not found'}`};
	return {outcome: 'failed', why: `claude ended ${howEnded(input)} without a result${said ? `: ${said}` : ''}`};
}

/**
 * Judges how a run of `claude -p` ended. Success is not success: a usage limit and an API error come as subtype "success" with
 * is_error, and an interrupted run exits 0. Only a result without is_error counts, and only when the process ended well after it: a
 * further turn may have begun.
 */
export function judgeClaude(input: EndingInput): Ending {
	const {lastResult: result, troubles, refusedUntil, wasRefused} = input;
	if (!result) return withoutResult(input);
	if (!result.isError && input.exitCode !== 0 && !input.stopped)
		return {outcome: 'failed', why: `claude ended ${howEnded(input)} after its result`};
	if (!result.isError) return {outcome: 'completed', why: 'the agent says it is done'};
	const said = lastLine(result.text);
	if (result.apiError === 'usage_limit_reached' || (wasRefused && result.apiStatus === 429)) {
		return {outcome: 'limit', why: said || 'usage limit reached', ...(refusedUntil ? {resetsAt: refusedUntil} : {})};
	}
	const loginTrouble = troubles.find(code => loginTroubles.has(code));
	if (loginTrouble || result.apiStatus === 401 || result.apiStatus === 403) {
		return {outcome: 'login', why: `${said || loginTrouble}: run \`claude\` by hand, then \`pilot-tui resume\``};
	}
	if (result.subtype === 'error_max_turns' || result.terminalReason === 'max_turns')
		return {outcome: 'overran', why: said || 'too many turns'};
	if (result.terminalReason === 'budget_exhausted')
		return {outcome: 'overran', why: said || 'the budget of the session is used up'};
	return {outcome: 'failed', why: said || `claude ended with ${result.terminalReason || result.subtype || 'an error'}`};
}
