import type {Telegram} from 'telegraf';
import type {Update, UserFromGetMe} from 'telegraf/types';
import type {Clock} from '../../../kernel/clock.js';
import {within} from '../../wait.js';
import type {Part} from './render.js';
import type {TelegramTiming} from './timing.js';

/** The calls pilot makes, each with a time limit. All reject with telegraf's errors or with NoAnswer. */
export interface BotApi {
	getMe(signal: AbortSignal): Promise<UserFromGetMe>;
	/** '' when none is set. */
	webhookUrl(signal: AbortSignal): Promise<string>;
	/**
	 * @param offset The first update wanted; those before it are thereby confirmed and never come again.
	 * @param seconds How long the server may hold the call open while there is nothing new.
	 */
	getUpdates(offset: number, seconds: number, signal: AbortSignal): Promise<Update[]>;
	sendMessage(chatId: number, part: Part, signal: AbortSignal): Promise<void>;
}

export interface BotApiDeps {
	readonly token: string;
	readonly apiRoot: string;
	readonly clock: Clock;
	readonly timing: TelegramTiming;
}

type CallOptions = NonNullable<Parameters<Telegram['callApi']>[2]>;
/** telegraf's types name the signal of a shim; its node-fetch takes the built-in one as well. */
type ShimSignal = NonNullable<CallOptions['signal']>;

/** Updates per poll: the most that Telegram gives. */
export const pollLimit = 100;

/**
 * telegraf's client without its bot: `launch()` removes a user's webhook without asking, is over at the first 409 or throwing
 * handler, sets the exit code of the process, and waits 500 s for a server that never answers (seen with 4.16.3, 2026-11). It is
 * loaded at the first call.
 */
export function createBotApi({token, apiRoot, clock, timing}: BotApiDeps): BotApi {
	let loading: Promise<Telegram> | undefined;

	async function load() {
		const telegraf = await import('telegraf');
		// telegraf resolves against the root: without a slash at its end the last step of a path would be lost.
		return new telegraf.Telegram(token, {apiRoot: apiRoot.endsWith('/') ? apiRoot : `${apiRoot}/`});
	}

	function limited<T>(ms: number, signal: AbortSignal, call: (telegram: Telegram, options: CallOptions) => Promise<T>) {
		loading ??= load();
		const loaded = loading;
		return within({clock, ms, signal}, async limit => call(await loaded, {signal: limit as unknown as ShimSignal}));
	}

	return {
		getMe: signal =>
			limited(timing.callTimeoutMs, signal, (telegram, options) => telegram.callApi('getMe', {}, options)),
		async webhookUrl(signal) {
			const info = await limited(timing.callTimeoutMs, signal, (telegram, options) =>
				telegram.callApi('getWebhookInfo', {}, options),
			);
			return info.url ?? '';
		},
		getUpdates: (offset, seconds, signal) =>
			limited(timing.pollTimeoutMs, signal, (telegram, options) =>
				telegram.callApi(
					'getUpdates',
					{offset, limit: pollLimit, timeout: seconds, allowed_updates: ['message']},
					options,
				),
			),
		async sendMessage(chatId, {text, entities}, signal) {
			const payload = {
				chat_id: chatId,
				text,
				...(entities.length > 0 ? {entities} : {}),
				link_preview_options: {is_disabled: true},
			};
			await limited(timing.callTimeoutMs, signal, (telegram, options) =>
				telegram.callApi('sendMessage', payload, options),
			);
		},
	};
}
