import type {Emit, PilotEvent} from '../domain/event.js';
import {messageOf} from '../domain/pilot-error.js';
import type {Clock} from '../kernel/clock.js';
import {type Alert, type AlertWords, createAlertReader} from './alerts.js';
import type {Channel, Delivery} from './channels/channel.js';
import {type Batch, batchesOf} from './digest.js';
import {pause} from './wait.js';

export interface Facts {
	/** Facts with a higher `seq`, oldest first. */
	after(seq: number): readonly PilotEvent[];
	subscribe(listener: (fact: PilotEvent) => void): () => void;
}

export interface AlertFeedDeps {
	readonly channel: Channel;
	readonly clock: Clock;
	readonly facts: Facts;
	readonly words: AlertWords;
	/** Process id of this pilot, by which its own `pilot.started` is known. */
	pid(): number;
	/** `seq` of the last fact that a subscriber has dealt with, 0 before the first. */
	cursor(subscriber: string): number;
	readonly emit: Emit;
	warn(line: string): void;
	/** Pause after a fact could not be recorded. */
	readonly retryMs: number;
}

/** A subscriber that never had an alert begins with this pilot's own start: no history, yet the human hears that it is online. */
function beginning(facts: readonly PilotEvent[], pid: number): number {
	const started = facts.findLast(fact => fact.type === 'pilot.started');
	const last = facts.at(-1)?.seq ?? 0;
	return started?.type === 'pilot.started' && started.data.pid === pid ? started.seq - 1 : last;
}

/**
 * Tells alerts in order, none lost, none twice, but for one marked repeat after a crash. Two cursors make it so: `<channel>:sending`
 * is moved before an alert is sent and `<channel>` once it is. Alerts between the two at a start may or may not have arrived: they
 * are sent again, marked.
 */
export class AlertFeed {
	readonly #deps: AlertFeedDeps;
	readonly #sending: string;
	readonly #ending = new AbortController();
	readonly #queue: Alert[] = [];
	#alertOf: ((fact: PilotEvent) => Alert | undefined) | undefined;
	/** `seq` of the last fact looked at, of the last one told, and of the last that may have been told before a crash. */
	#read = 0;
	#told = 0;
	#doubtful = 0;
	#nudge = () => {};
	#idle = () => {};
	#finished: Promise<void> = Promise.resolve();
	#unsubscribe = () => {};

	constructor(deps: AlertFeedDeps) {
		this.#deps = deps;
		this.#sending = `${deps.channel.name}:sending`;
	}

	start() {
		this.#unsubscribe = this.#deps.facts.subscribe(() => this.#nudge());
		this.#finished = this.#run();
	}

	/** Resolves when every alert so far is told. */
	drained(): Promise<void> {
		return new Promise(resolve => {
			this.#idle = resolve;
			this.#nudge();
		});
	}

	/** Call after the channel stopped, so that what it gave up is accounted for. */
	async stop() {
		this.#ending.abort();
		this.#unsubscribe();
		this.#nudge();
		await this.#finished;
	}

	async #run() {
		const {channel, clock, warn, retryMs} = this.#deps;
		while (!this.#ending.signal.aborted) {
			try {
				this.#alertOf ??= this.#begin();
				this.#gather(this.#alertOf);
				await (this.#queue.length > 0 ? this.#tell() : this.#quiet());
			} catch (error) {
				warn(`${channel.name}: alerts wait: ${messageOf(error)}`);
				await pause(clock, retryMs, this.#ending.signal);
			}
		}
	}

	#begin() {
		const {channel, facts, words, pid, cursor, emit} = this.#deps;
		const all = facts.after(0);
		const kept = cursor(channel.name);
		this.#told = kept || beginning(all, pid());
		this.#read = this.#told;
		this.#doubtful = cursor(this.#sending);
		if (kept === 0 && this.#told > 0) emit('alert.sent', {subscriber: channel.name, upTo: this.#told});
		const before = all.filter(fact => fact.seq <= this.#told);
		return createAlertReader(words, before);
	}

	#gather(alertOf: (fact: PilotEvent) => Alert | undefined) {
		for (const fact of this.#deps.facts.after(this.#read)) {
			this.#read = fact.seq;
			const alert = alertOf(fact);
			if (alert) this.#queue.push(alert);
		}
	}

	/** Those that may be repeats first, and never in one message with those that cannot be. */
	#nextBatches(): {readonly batches: Batch[]; readonly again: boolean} {
		const repeats = this.#queue.filter(alert => alert.seq <= this.#doubtful);
		return repeats.length > 0
			? {batches: batchesOf(repeats), again: true}
			: {batches: batchesOf(this.#queue), again: false};
	}

	async #tell() {
		const {channel, emit} = this.#deps;
		const {batches, again} = this.#nextBatches();
		for (const {upTo, message} of batches) {
			if (this.#ending.signal.aborted) return;
			emit('alert.sent', {subscriber: this.#sending, upTo: Math.max(upTo, this.#doubtful)});
			this.#settle(upTo, await channel.deliver(message, again));
		}
	}

	/** Once delivered, an alert leaves the queue before its cursor is written: a full disk must not make it go out again and again. */
	#settle(upTo: number, delivery: Delivery) {
		const {channel, emit} = this.#deps;
		if (delivery === 'unknown' || delivery === 'unsent') this.#ending.abort();
		if (delivery === 'unknown') return;
		if (delivery === 'unsent')
			return void emit('alert.sent', {subscriber: this.#sending, upTo: Math.max(this.#told, this.#doubtful)});
		while ((this.#queue[0]?.seq ?? Number.POSITIVE_INFINITY) <= upTo) this.#queue.shift();
		this.#told = upTo;
		emit('alert.sent', {subscriber: channel.name, upTo});
	}

	#quiet(): Promise<void> {
		this.#idle();
		return new Promise(resolve => {
			this.#nudge = resolve;
		});
	}
}
