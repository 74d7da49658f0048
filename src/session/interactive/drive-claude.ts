import type {LaunchRequest} from '../agent.js';
import {interrupt, paste, typeCommand} from '../typing.js';
import type {Drive, Voice} from '../voice.js';
import {answerFor, phaseOfHook} from './hook-answers.js';
import {type Hook, readHook} from './hooks.js';
import {judgeInteractive, type Told} from './judge.js';
import {createMeter} from './meter.js';
import {readStatusLine} from './status-line.js';
import {createDialog, createLeftovers, createWaiting} from './watches.js';

const longestText = 20_000;

/**
 * Drives Claude Code with its own screen. Everything that pilot knows of it comes from its hooks, its status line and its transcript;
 * what it draws is only shown. Facts about these were measured with 2.1.328.
 */
export const driveClaude =
	(request: LaunchRequest): Drive =>
	(wheel): Voice => {
		const waiting = createWaiting(wheel, request);
		const meter = createMeter(wheel, request);
		const dialog = createDialog(wheel);
		let told: Told = {};
		let lastText = '';
		let isInTurn = false;
		const leftovers = createLeftovers(wheel, () => {
			told = {...told, done: true};
			wheel.finish('hook: Stop; it has reported, and is not waited for in the background');
		});
		const takeStatusLine = (body: unknown) => {
			const {costUsd, windows} = readStatusLine(body, new Date(wheel.clock.now()).toISOString());
			meter.spent(costUsd);
			if (windows.length > 0) wheel.takeWindows(windows);
		};
		/** Its turn is over: it is sent on once for its report, or it ends. In a human's hands it does neither. */
		const atEnd = (hook: Extract<Hook, {kind: 'stop' | 'failure'}>): object => {
			lastText = hook.lastWords.slice(-longestText) || lastText;
			if (wheel.hands().taken || (hook.kind === 'stop' && hook.background > 0)) return {};
			if (hook.kind === 'failure') {
				told = {...told, failure: {error: hook.error, text: hook.lastWords}};
				wheel.finish(`hook: StopFailure ${hook.error}`);
				return {};
			}
			const reason = wheel.atStop(hook.again);
			if (reason === undefined) {
				told = {...told, done: true};
				wheel.finish('hook: Stop');
				return {};
			}
			wheel.become({phase: 'busy', why: 'hook: Stop; asked for its report'});
			return {decision: 'block', reason};
		};
		const takeHook = (hook: Hook): object => {
			const hands = wheel.hands();
			dialog.hear(hook);
			leftovers.hear(hook);
			if (hook.kind === 'prompt' || hook.kind === 'stop' || hook.kind === 'failure') isInTurn = hook.kind === 'prompt';
			const phase = phaseOfHook(hook, hands);
			if (phase) wheel.become(phase);
			if (hook.kind === 'prompt' && hook.byHuman && hands.taken) wheel.heardHuman(hook.text);
			if (hook.kind === 'end') told = {...told, sessionEnd: hook.reason};
			if (hook.kind === 'stop' || hook.kind === 'failure') return atEnd(hook);
			return answerFor(hook, hands) ?? {};
		};
		return {
			hear: () => ({alive: false}),
			hook(event, body) {
				waiting.hear();
				void meter.look(body);
				wheel.record(JSON.stringify({hook: event, body}).slice(0, longestText));
				if (event !== 'StatusLine') return takeHook(readHook(event, body));
				takeStatusLine(body);
				return {};
			},
			async quit() {
				if (isInTurn) await interrupt(wheel.type, wheel.clock);
				await typeCommand(wheel.type, wheel.clock, '/exit');
			},
			say: text => paste(wheel.type, wheel.clock, text),
			overran: why => (waiting.why ? {outcome: 'failed', why: `${why}: ${waiting.why}`} : undefined),
			async end() {
				waiting.end();
				dialog.end();
				leftovers.end();
				await meter.read();
			},
			judge: exit => judgeInteractive(exit, told, meter.usage.limitedUntil),
			get account() {
				const {turns, tokens, costUsd} = meter.usage;
				return {turns, tokens, costUsd, lastText};
			},
		};
	};
