import type {Message as TelegramMessage} from 'telegraf/types';
import type {Emit} from '../../../domain/event.js';
import type {Clock} from '../../../kernel/clock.js';
import {type RespondDeps, respond} from '../../respond.js';
import {span} from '../../text.js';
import {within} from '../../wait.js';
import {type Wish, wishOf} from '../../wish.js';
import type {Message} from '../channel.js';
import {createAddLimit, createStrangerLog} from './flood.js';

export interface InboxDeps extends RespondDeps {
	readonly chatIds: readonly number[];
	readonly clock: Clock;
	readonly emit: Emit;
	/** Id of the last update dealt with, 0 before the first. */
	lastUpdateId(): number;
	answer(chatId: number, message: Message): void;
	warn(line: string): void;
	readonly callTimeoutMs: number;
}

/** What is known when a message is taken. */
export interface Arrival {
	readonly botName: string;
	/** Whatever arrives now was sent after this moment, ms since epoch; 0 when nobody knows. */
	readonly sentAfterMs: number;
	readonly signal: AbortSignal;
}

/** A command sent longer ago is asked for again instead of done: what it was meant for has passed. */
const staleMs = 10 * 60_000;

/** After a week without updates Telegram goes on at a random id (core.telegram.org/bots/api#update, 10.1): so far back is no repeat. */
const newSeries = 1_000_000;

const contentKeys = ['caption', 'photo', 'voice', 'audio', 'video', 'video_note', 'document', 'sticker'];

function wishIn(message: TelegramMessage, botName: string): Wish {
	if ('text' in message) return wishOf(message.text, botName);
	return contentKeys.some(key => key in message) ? {kind: 'unclear', say: 'I read only text.'} : {kind: 'none'};
}

/** Deals with messages: who may write, what was dealt with before, what is too old or too much. */
export class Inbox {
	readonly #deps: InboxDeps;
	readonly #strangers: ReturnType<typeof createStrangerLog>;
	readonly #isTooMany: ReturnType<typeof createAddLimit>;
	#last: number;

	constructor(deps: InboxDeps) {
		this.#deps = deps;
		this.#strangers = createStrangerLog(deps.clock, deps.warn);
		this.#isTooMany = createAddLimit();
		this.#last = deps.lastUpdateId();
	}

	/** The first update that is wanted. */
	next(): number {
		return this.#last + 1;
	}

	/** Deals with one message. Rejects only when a fact cannot be recorded: the update then comes again. */
	async take(updateId: number, message: TelegramMessage, arrival: Arrival) {
		if (this.#isRepeat(updateId)) return;
		if (!this.#deps.chatIds.includes(message.chat.id)) return this.#strangers.heard(message.chat.id);
		if (message.from?.is_bot) return;
		const wish = wishIn(message, arrival.botName);
		const say = this.#objection(wish, message, arrival);
		const reply = await this.#act(updateId, say === undefined ? wish : {kind: 'unclear', say}, arrival);
		if (reply) this.#deps.answer(message.chat.id, reply);
	}

	/** Records that all updates up to this one are dealt with, among them those that nobody listens to. */
	settle(updateId: number) {
		if (!this.#isRepeat(updateId)) this.#record(updateId);
	}

	#isRepeat(updateId: number): boolean {
		return updateId <= this.#last && this.#last - updateId < newSeries;
	}

	#record(updateId: number) {
		if (updateId === this.#last) return;
		this.#deps.emit('reach.taken', {updateId});
		this.#last = updateId;
	}

	#objection(wish: Wish, message: TelegramMessage, {sentAfterMs}: Arrival): string | undefined {
		const nowMs = this.#deps.clock.now();
		// The younger of two ages: with a wrong clock everything would look old.
		const ageMs = nowMs - Math.max(message.date * 1000, Math.min(sentAfterMs, nowMs));
		if (wish.kind === 'do' && ageMs > staleMs) return `Sent ${span(ageMs)} ago: send it again if you still want it.`;
		if (wish.kind === 'add') return this.#isTooMany(message.chat.id, message.date);
		return;
	}

	/**
	 * Exactly one effect per message, whenever the process dies. A mission is added before the update is recorded: when it comes again,
	 * its source is known and nothing is added. All other changes are made after: one may be lost, and the sender sees that no answer
	 * came, but a `/stop` cannot come back and stop the next pilot too.
	 */
	async #act(updateId: number, wish: Wish, {signal}: Arrival): Promise<Message | undefined> {
		const {clock, callTimeoutMs: ms, send} = this.#deps;
		if (wish.kind === 'do') this.#record(updateId);
		const limited: RespondDeps['send'] = command => within({clock, ms, signal}, () => send(command));
		const reply = await respond(wish, `telegram:${updateId}`, {...this.#deps, send: limited});
		signal.throwIfAborted();
		this.#record(updateId);
		return reply;
	}
}
