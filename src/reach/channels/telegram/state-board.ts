import type {Emit} from '../../../domain/event.js';
import {messageOf} from '../../../domain/pilot-error.js';

export interface StateBoardDeps {
	readonly name: string;
	readonly emit: Emit;
	warn(line: string): void;
	/** Takes secrets out of a text. */
	redact(text: string): string;
}

/** How a channel is doing, in lines; a change is recorded as a fact. */
export interface StateBoard {
	lines(): string[];
	set(state: string): void;
	/** `why` undefined: messages to that chat arrive. */
	setChat(chatId: number, why: string | undefined): void;
}

export function createStateBoard(initial: string, {name, emit, warn, redact}: StateBoardDeps): StateBoard {
	const troubles = new Map<number, string>();
	let state = initial;
	let told = '';
	const lines = () => [state, ...[...troubles].map(([chatId, why]) => `chat ${chatId}: ${why}`)];

	function tell() {
		const now = lines().join('; ');
		if (now === told) return;
		told = now;
		try {
			emit('reach.changed', {channel: name, state: now});
		} catch (error) {
			warn(`${name}: ${now} (not recorded: ${messageOf(error)})`);
		}
	}

	return {
		lines,
		set(next) {
			state = redact(next);
			tell();
		},
		setChat(chatId, why) {
			if (why === undefined) troubles.delete(chatId);
			else troubles.set(chatId, redact(why));
			tell();
		},
	};
}
