import type {UserFromGetMe} from 'telegraf/types';
import type {Clock} from '../../../kernel/clock.js';
import {backoffMs, NoAnswer, pause, unlessAborted} from '../../wait.js';
import {type BotApi, pollLimit} from './bot-api.js';
import {codeOf, describe, retryAfterMs} from './failure.js';
import type {Inbox} from './inbox.js';
import type {TelegramTiming} from './timing.js';

export interface PollingDeps {
	readonly api: BotApi;
	readonly clock: Clock;
	readonly timing: TelegramTiming;
	/** Host of the server, for words. */
	readonly host: string;
	readonly inbox: Inbox;
	/** Aborted when the channel reads no more. */
	readonly signal: AbortSignal;
	/** `working`: messages are being read. */
	changed(state: string, working: boolean): void;
}

/** A webhook is set: messages go there and polling would be refused. Removing it is its owner's business. */
class WebhookSet extends Error {
	override readonly name = 'WebhookSet';
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : 'another program');

interface Trouble {
	readonly state: string;
	readonly waitMs: number;
	/** Told at once; what passes by itself is told when it comes twice running. */
	readonly certain: boolean;
}

function troubleOf(error: unknown, failures: number, {host, timing}: PollingDeps): Trouble {
	const {conflictMs, longestMs} = timing;
	const code = codeOf(error);
	const passing = (state: string) => ({
		state,
		waitMs: retryAfterMs(error) ?? backoffMs(failures, timing),
		certain: false,
	});
	if (error instanceof WebhookSet) return {state: error.message, waitMs: conflictMs, certain: true};
	if (code === 409)
		return {
			state: 'another program reads messages with this token; trying again every minute',
			waitMs: conflictMs,
			certain: true,
		};
	if (code === 401 || code === 404)
		return {state: 'Telegram does not know this token: check TELEGRAM_BOT_TOKEN', waitMs: longestMs, certain: true};
	if (code !== undefined) return passing(`${host} answers "${describe(error)}"; trying again`);
	return passing(
		`${host} ${error instanceof NoAnswer ? 'does not answer' : 'cannot be reached'}; trying again (${describe(error)})`,
	);
}

async function connect(api: BotApi, signal: AbortSignal): Promise<UserFromGetMe> {
	const me = await api.getMe(signal);
	const webhook = await api.webhookUrl(signal);
	if (!webhook) return me;
	throw new WebhookSet(
		`messages to this bot go to a webhook at ${hostOf(webhook)}; alerts are sent, messages are not read`,
	);
}

/** A timer that aborts when nobody calls `alive` for `ms`. */
function createWatchdog(clock: Clock, ms: number) {
	const wedged = new AbortController();
	const start = () => clock.every(ms, () => wedged.abort(new NoAnswer(`nothing for ${ms / 1000} s`)));
	let cancel = start();
	return {
		signal: wedged.signal,
		alive() {
			cancel();
			cancel = start();
		},
		stop() {
			cancel();
			wedged.abort();
		},
	};
}

/** Polls over one connection until something fails. The next poll starts once all updates of the last are dealt with. */
async function readOn({api, clock, timing, inbox, changed}: PollingDeps, signal: AbortSignal, alive: () => void) {
	const me = await connect(api, signal);
	let sentAfterMs = 0;
	// The first poll is not held open, so that it is known at once whether this one is allowed to read.
	let seconds = 0;
	while (!signal.aborted) {
		const askedAtMs = clock.now();
		const wanted = inbox.next();
		const updates = await api.getUpdates(wanted, seconds, signal);
		seconds = timing.pollSeconds;
		alive();
		changed(`on (@${me.username})`, true);
		for (const update of updates) {
			if ('message' in update)
				await inbox.take(update.update_id, update.message, {botName: me.username, sentAfterMs, signal});
			if (signal.aborted) return;
			alive();
		}
		const last = updates.at(-1);
		if (last) inbox.settle(last.update_id);
		// Nothing new: no answer held open, or a server that gives the same again.
		if (inbox.next() === wanted) await pause(clock, timing.shortestPollMs - (clock.now() - askedAtMs), signal);
		// An answer that was not full held all there was: what comes next was sent later.
		if (updates.length < pollLimit) sentAfterMs = askedAtMs;
	}
}

/** The watchdog abandons a connection that shows no sign of life, even one whose promises never settle. */
async function round(deps: PollingDeps, worked: () => void) {
	const watchdog = createWatchdog(deps.clock, deps.timing.watchdogMs);
	const signal = AbortSignal.any([deps.signal, watchdog.signal]);
	const alive = () => {
		watchdog.alive();
		worked();
	};
	try {
		await unlessAborted(signal, readOn(deps, signal, alive));
	} finally {
		watchdog.stop();
	}
}

/** Reads messages until the signal is aborted, whatever happens: every failure is a state and a pause, then it connects anew. */
export async function poll(deps: PollingDeps): Promise<void> {
	const {clock, signal, changed} = deps;
	let failures = 0;
	while (!signal.aborted) {
		try {
			await round(deps, () => {
				failures = 0;
			});
		} catch (error) {
			if (signal.aborted) return;
			failures++;
			const {state, waitMs, certain} = troubleOf(error, failures, deps);
			if (certain || failures > 1) changed(state, false);
			await pause(clock, waitMs, signal);
		}
	}
}
