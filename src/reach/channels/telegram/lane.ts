import type {Clock} from '../../../kernel/clock.js';
import {backoffMs, pause} from '../../wait.js';
import type {Delivery, Message} from '../channel.js';
import {codeOf, describe, mayHaveArrived, movedTo, retryAfterMs} from './failure.js';
import {lengthOf, markedAsRepeat, type Part, partsOf, textLimit, withoutEntities} from './render.js';
import type {TelegramTiming} from './timing.js';

export interface LaneDeps {
	readonly chatId: number;
	readonly clock: Clock;
	readonly timing: TelegramTiming;
	/** Aborted when the channel stops. */
	readonly signal: AbortSignal;
	send(chatId: number, part: Part, signal: AbortSignal): Promise<void>;
	/** Called after each try: why it failed, or nothing when it worked. */
	tried(failure: string | undefined): void;
	/** A text is given up for good. */
	refused(why: string): void;
}

interface Job {
	readonly message: Message;
	readonly again: boolean;
	/** Absent: an answer, which may be put together with others and left out. */
	readonly settle?: (delivery: Delivery) => void;
}

/** A text on its way, and what is known of its earlier tries. */
interface Trip {
	readonly part: Part;
	readonly failures: number;
	/** It may have come before and says so. */
	readonly marked: boolean;
	/** An earlier try of this process may have arrived. */
	readonly unsure: boolean;
}

const answersKept = 100;

/** Room for the empty lines and the note between answers that share a text. */
const reserve = 100;

function failureText(error: unknown): string {
	const moved = movedTo(error);
	return moved === undefined ? describe(error) : `${describe(error)}; its id is now ${moved}`;
}

/** The trip to try next, or `refused`. A 403 or a 400 stays what it is, except that plain text may do; all else passes. */
function afterFailure(error: unknown, trip: Trip): Trip | 'refused' {
	const code = codeOf(error);
	if (code === 400 && trip.part.entities.length > 0) return {...trip, part: withoutEntities(trip.part)};
	if (code === 400 || code === 403) return 'refused';
	const unsure = trip.unsure || mayHaveArrived(error);
	return {...trip, failures: trip.failures + 1, unsure, marked: trip.marked || unsure};
}

/** Everything that goes to one chat: one text at a time, in order, no faster than Telegram allows. */
export class Lane {
	readonly #deps: LaneDeps;
	readonly #jobs: Job[] = [];
	#leftOut = 0;
	#busy: Promise<void> | undefined;
	#paced: Promise<void> = Promise.resolve();

	constructor(deps: LaneDeps) {
		this.#deps = deps;
	}

	/** Queues an answer. Answers that wait are put together; of more than 100 the oldest are left out, and that is said. */
	answer(message: Message) {
		const answers = this.#jobs.filter(job => !job.settle);
		if (answers[0] && answers.length >= answersKept) {
			this.#jobs.splice(this.#jobs.indexOf(answers[0]), 1);
			this.#leftOut++;
		}
		this.#push({message, again: false});
	}

	deliver(message: Message, again: boolean): Promise<Delivery> {
		return new Promise(settle => this.#push({message, again, settle}));
	}

	/** Resolves when nothing waits. */
	async settled() {
		await this.#busy;
	}

	#push(job: Job) {
		this.#jobs.push(job);
		this.#busy ??= this.#work();
	}

	async #work() {
		while (this.#jobs.length > 0) {
			const jobs = this.#takeNext();
			const notes = jobs[0]?.settle ? [] : this.#noteLeftOut();
			const delivery = await this.#sendAll([...notes, ...jobs.map(job => job.message)], jobs[0]?.again ?? false);
			jobs[0]?.settle?.(delivery);
		}
		this.#busy = undefined;
	}

	/** The next job, or as many waiting answers as fit into one text. */
	#takeNext(): Job[] {
		const taken = this.#jobs.splice(0, 1);
		let length = reserve + (taken[0] ? lengthOf(taken[0].message) : 0);
		while (!taken[0]?.settle && this.#jobs[0] && !this.#jobs[0].settle) {
			length += lengthOf(this.#jobs[0].message);
			if (length > textLimit) break;
			taken.push(...this.#jobs.splice(0, 1));
		}
		return taken;
	}

	#noteLeftOut(): Message[] {
		if (this.#leftOut === 0) return [];
		const note = {head: `${this.#leftOut} answers before this one are left out: too many at once.`, body: ''};
		this.#leftOut = 0;
		return [note];
	}

	async #sendAll(messages: readonly Message[], again: boolean): Promise<Delivery> {
		for (const [index, part] of partsOf(messages).entries()) {
			const delivery = await this.#sendPart({part, failures: 0, marked: again && index === 0, unsure: false});
			if (delivery !== 'sent') return delivery === 'unsent' && index > 0 ? 'unknown' : delivery;
		}
		return 'sent';
	}

	async #sendPart(first: Trip): Promise<Delivery> {
		for (let trip = first; ; ) {
			const end = await this.#attempt(trip);
			if (typeof end === 'string') return end;
			trip = end;
		}
	}

	async #attempt(trip: Trip): Promise<Delivery | Trip> {
		const {chatId, clock, timing, signal, send, tried} = this.#deps;
		await this.#paced;
		if (signal.aborted) return trip.unsure ? 'unknown' : 'unsent';
		this.#paced = pause(clock, chatId < 0 ? timing.groupPaceMs : timing.paceMs, signal);
		try {
			await send(chatId, trip.marked ? markedAsRepeat(trip.part) : trip.part, signal);
			tried(undefined);
			return 'sent';
		} catch (error) {
			return signal.aborted ? 'unknown' : this.#afterError(error, trip);
		}
	}

	async #afterError(error: unknown, trip: Trip): Promise<'refused' | Trip> {
		const {clock, timing, signal, tried, refused} = this.#deps;
		const next = afterFailure(error, trip);
		if (next !== 'refused' && next.failures === trip.failures) return next;
		tried(failureText(error));
		if (next === 'refused') refused(failureText(error));
		else await pause(clock, retryAfterMs(error) ?? backoffMs(next.failures, timing), signal);
		return next;
	}
}
