import type {LaunchRequest} from '../agent.js';
import {interrupt, paste} from '../typing.js';
import type {Wheel} from '../voice.js';
import {nobody} from './hook-answers.js';
import type {Hook} from './hooks.js';
import {isTrusted, trustWanted} from './trust.js';

/** Without a word for so long after its start, it is asking something that no hook tells of: a login, a key. */
const firstWordMs = 30_000;

/** Before the first word: what is likely to keep it from saying one. */
export function createWaiting(wheel: Wheel, {cwd, env, config}: LaunchRequest) {
	let heard = false;
	let why = isTrusted(cwd, {...env, ...config.claude.env}) ? undefined : trustWanted(cwd);
	const tell = () => {
		if (why && !heard) wheel.become({phase: 'waiting-input', why});
	};
	queueMicrotask(tell);
	const unwatch = wheel.clock.at(wheel.clock.now() + firstWordMs, () => {
		why ??= 'claude has told nothing since its start: attach (a) and look what it asks';
		tell();
	});
	return {
		hear() {
			heard = true;
			unwatch();
		},
		end: unwatch,
		/** Set while it waits for a human before its first word. */
		get why() {
			return heard ? undefined : why;
		},
	};
}

/** How long a dialog stays when whoever it was left to has gone. */
const abandonedAfterMs = 15_000;

/** How long a session that has reported may wait for what it left in the background, such as a server that never ends. */
const leftoversMs = 30_000;
const lookEveryMs = 1000;

/** Takes a question back that was left to somebody who has gone, so that nobody is waited for in silence. */
export function createDialog(wheel: Wheel) {
	let alone: number | undefined;
	let isOpen = false;
	const takeBack = async () => {
		await interrupt(wheel.type, wheel.clock);
		await paste(wheel.type, wheel.clock, nobody);
	};
	const unwatch = wheel.clock.every(lookEveryMs, () => {
		const {attached, taken} = wheel.hands();
		if (!isOpen || attached || taken) {
			alone = undefined;
			return;
		}
		alone ??= wheel.clock.now();
		if (wheel.clock.now() - alone < abandonedAfterMs) return;
		isOpen = false;
		void takeBack();
	});
	return {
		/** Whatever comes after a question but word of it says that it was answered. */
		hear(hook: Hook) {
			if (hook.kind === 'permission') isOpen = wheel.hands().attached;
			else if (hook.kind !== 'notice') isOpen = false;
		},
		end: unwatch,
	};
}

/** Ends a session that waits for nothing but what it left in the background, once it has reported. */
export function createLeftovers(wheel: Wheel, done: () => void) {
	let sinceMs: number | undefined;
	const unwatch = wheel.clock.every(lookEveryMs, () => {
		if (sinceMs === undefined || wheel.clock.now() - sinceMs < leftoversMs) return;
		if (wheel.hands().taken || !wheel.hasReported()) return;
		sinceMs = undefined;
		done();
	});
	return {
		hear(hook: Hook) {
			sinceMs = hook.kind === 'stop' && hook.background > 0 ? wheel.clock.now() : undefined;
		},
		end: unwatch,
	};
}
