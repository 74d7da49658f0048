import type {Answer, CommandInput} from '../../domain/command.js';
import type {Emit} from '../../domain/event.js';
import type {Status} from '../../domain/status.js';
import type {Clock} from '../../kernel/clock.js';
import {createRedactor} from '../../kernel/redact.js';
import {settledWithin} from '../wait.js';
import type {Channel, Delivery, Message} from './channel.js';
import {type BotApi, createBotApi} from './telegram/bot-api.js';
import {Inbox} from './telegram/inbox.js';
import {Lane} from './telegram/lane.js';
import {poll} from './telegram/polling.js';
import {createStateBoard, type StateBoard} from './telegram/state-board.js';
import {type TelegramTiming, telegramTiming} from './telegram/timing.js';

export interface TelegramDeps {
	/** The only chats that are heard and told. */
	readonly chatIds: readonly number[];
	/** `https://api.telegram.org` or a server of one's own. */
	readonly apiRoot: string;
	readonly token: string | undefined;
	readonly clock: Clock;
	lastUpdateId(): number;
	readonly emit: Emit;
	send(command: CommandInput): Promise<Answer>;
	status(): Status;
	warn(line: string): void;
	/** Waiting times other than the usual ones. */
	readonly timing?: Partial<TelegramTiming>;
}

/** Why the channel stays off; undefined when it can work. */
function offReason({token, chatIds}: TelegramDeps): string | undefined {
	if (!token?.trim()) return 'off (no TELEGRAM_BOT_TOKEN)';
	if (!/^[\w:-]+$/.test(token.trim())) return 'off (TELEGRAM_BOT_TOKEN does not look like the token of a bot)';
	if (chatIds.length === 0) return 'off (telegram.chatIds is empty)';
	return;
}

/** What became of one message in several chats. Only what surely reached none of them is `unsent`. */
function combined(deliveries: readonly Delivery[]): Delivery {
	if (deliveries.includes('unknown')) return 'unknown';
	if (!deliveries.includes('unsent')) return deliveries.includes('sent') ? 'sent' : 'refused';
	return deliveries.includes('sent') ? 'unknown' : 'unsent';
}

/** Telegram: what listed chats write becomes missions and commands, alerts go to all of them. Anyone else gets silence. */
class Telegram implements Channel {
	readonly name = 'telegram';
	readonly enabled: boolean;
	readonly #deps: TelegramDeps;
	readonly #timing: TelegramTiming;
	readonly #redact: (text: string) => string;
	readonly #board: StateBoard;
	readonly #api: BotApi;
	readonly #lanes: ReadonlyMap<number, Lane>;
	readonly #reading = new AbortController();
	readonly #writing = new AbortController();
	#finished: Promise<void> = Promise.resolve();
	#failing = true;

	constructor(deps: TelegramDeps) {
		const off = offReason(deps);
		const token = deps.token?.trim() ?? '';
		this.enabled = off === undefined;
		this.#redact = createRedactor([token]);
		this.#deps = {...deps, warn: line => deps.warn(this.#redact(line))};
		this.#timing = {...telegramTiming, ...deps.timing};
		this.#board = createStateBoard(off ?? 'connecting', {...this.#deps, name: this.name, redact: this.#redact});
		this.#api = createBotApi({...deps, token, timing: this.#timing});
		this.#lanes = new Map([...new Set(deps.chatIds)].map(chatId => [chatId, this.#laneTo(chatId)]));
	}

	start() {
		if (this.enabled) this.#finished = this.#read();
	}

	close() {
		this.#reading.abort();
	}

	async stop() {
		this.#reading.abort();
		this.#writing.abort();
		await settledWithin(this.#deps.clock, this.#timing.stopMs, Promise.all([this.#finished, this.settled()]));
	}

	states() {
		return this.#board.lines();
	}

	reachable() {
		return !this.#failing;
	}

	async deliver(message: Message, again: boolean) {
		const clean = this.#clean(message);
		return combined(await Promise.all([...this.#lanes.values()].map(lane => lane.deliver(clean, again))));
	}

	async settled() {
		await Promise.all([...this.#lanes.values()].map(lane => lane.settled()));
	}

	#clean({head, body}: Message): Message {
		return {head: this.#redact(head), body: this.#redact(body)};
	}

	#laneTo(chatId: number): Lane {
		const {clock, warn} = this.#deps;
		const tried = (failure: string | undefined) => {
			this.#failing = failure !== undefined;
			this.#board.setChat(chatId, failure);
		};
		const refused = (why: string) => warn(`telegram: a message to chat ${chatId} is given up: ${why}`);
		const {signal} = this.#writing;
		return new Lane({chatId, clock, timing: this.#timing, signal, send: this.#api.sendMessage, tried, refused});
	}

	#read(): Promise<void> {
		const answer = (chatId: number, message: Message) => this.#lanes.get(chatId)?.answer(this.#clean(message));
		const {apiRoot, clock} = this.#deps;
		return poll({
			api: this.#api,
			clock,
			timing: this.#timing,
			host: new URL(apiRoot).host,
			inbox: new Inbox({...this.#deps, answer, callTimeoutMs: this.#timing.callTimeoutMs}),
			signal: this.#reading.signal,
			changed: (state, working) => {
				this.#failing = !working;
				this.#board.set(state);
			},
		});
	}
}

export const createTelegram = (deps: TelegramDeps): Channel => new Telegram(deps);
