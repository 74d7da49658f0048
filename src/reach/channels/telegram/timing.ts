/** Waiting times of the Telegram channel; tests shorten them. */
export interface TelegramTiming {
	/** How long Telegram holds a poll open when there is nothing new. */
	readonly pollSeconds: number;
	/** A poll without an answer is given up after this, other calls after `callTimeoutMs`. telegraf's own limit is 500 s. */
	readonly pollTimeoutMs: number;
	readonly callTimeoutMs: number;
	/** No poll answered and no update handled for so long: connect anew. */
	readonly watchdogMs: number;
	/** An answer with nothing new that came sooner is followed by the rest of this time: servers without long polling would make us spin. */
	readonly shortestPollMs: number;
	/** Pauses after failures. */
	readonly firstMs: number;
	readonly longestMs: number;
	/** Pause when another program polls with the same token, or a webhook is set. */
	readonly conflictMs: number;
	/** Telegram allows one message a second in a private chat and 20 a minute in a group (core.telegram.org/bots/faq, 2026-11). */
	readonly paceMs: number;
	readonly groupPaceMs: number;
	/** What stopping may take. */
	readonly stopMs: number;
}

export const telegramTiming: TelegramTiming = {
	pollSeconds: 50,
	pollTimeoutMs: 65_000,
	callTimeoutMs: 60_000,
	watchdogMs: 90_000,
	shortestPollMs: 250,
	firstMs: 1000,
	longestMs: 60_000,
	conflictMs: 60_000,
	paceMs: 1000,
	groupPaceMs: 3000,
	stopMs: 2000,
};
