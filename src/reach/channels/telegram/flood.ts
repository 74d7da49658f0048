import {type Clock, stopwatch} from '../../../kernel/clock.js';

const hourMs = 3_600_000;

/** Tells at most once an hour that chats nobody listed have written. They themselves hear nothing. */
export function createStrangerLog(clock: Clock, warn: (line: string) => void) {
	const passedMs = stopwatch(clock);
	let toldAtMs = Number.NEGATIVE_INFINITY;
	let untold = 0;
	return {
		heard(chatId: number) {
			untold++;
			if (passedMs() - toldAtMs < hourMs) return;
			const others = untold > 1 ? ` and ${untold - 1} earlier ones` : '';
			warn(`telegram: a message from chat ${chatId}${others} ignored: not in telegram.chatIds`);
			toldAtMs = passedMs();
			untold = 0;
		},
	};
}

const addsPerMinute = 20;

/** Chats and minutes that are counted at a time. */
const countsKept = 100;

/**
 * Says what is wrong when a chat adds more missions than a human writes in a minute. Counted by when messages were sent, so that what
 * gathered while pilot was away is not too much.
 */
export function createAddLimit(): (chatId: number, sentAtSeconds: number) => string | undefined {
	const counts = new Map<string, number>();
	return (chatId, sentAtSeconds) => {
		const minute = `${chatId}@${Math.floor(sentAtSeconds / 60)}`;
		const count = (counts.get(minute) ?? 0) + 1;
		if (count === 1 && counts.size >= countsKept) counts.clear();
		counts.set(minute, count);
		return count > addsPerMinute ? `Not added: more than ${addsPerMinute} missions in one minute.` : undefined;
	};
}
