import type {Status} from '../domain/status.js';
import {AlertFeed, type Facts} from './alert-feed.js';
import type {Channel} from './channels/channel.js';
import {telegramTiming} from './channels/telegram/timing.js';
import {createTelegram, type TelegramDeps} from './channels/telegram.js';
import {oneLine} from './text.js';
import {settledWithin} from './wait.js';

export interface ReachDeps extends TelegramDeps {
	readonly machineName: string;
	readonly facts: Facts;
	/** `seq` of the last fact that a subscriber has dealt with, 0 before the first. */
	cursor(subscriber: string): number;
	/** Where the journal tells of a mission, relative to the workspace. */
	journalPathOf(missionId: string): string | undefined;
}

/** The human, wherever they are. */
export interface Reach {
	start(): void;
	/** Tells what can still be told within two seconds; the rest is told at the next start. Call after `pilot.stopped` is recorded. */
	stop(): Promise<void>;
	/** One line per channel and trouble: `telegram: on (@my_bot)`, `telegram: off (no TELEGRAM_BOT_TOKEN)`. */
	states(): string[];
	/** True while some channel's last call went through: whoever is there can be asked. */
	reachable(): boolean;
}

const titleIn = (status: Status, missionId: string) => {
	const title = status.missions.find(mission => mission.id === missionId)?.title;
	return title && oneLine(title, 150);
};

function feedOf(channel: Channel, deps: ReachDeps, retryMs: number): AlertFeed {
	const {machineName, status, journalPathOf} = deps;
	const words = {machineName, titleOf: (missionId: string) => titleIn(status(), missionId), journalPathOf};
	return new AlertFeed({...deps, channel, words, pid: () => status().pid, retryMs});
}

/** Builds the ways to the human that are configured; nothing is sent or read before `start`. */
export function createReach(deps: ReachDeps): Reach {
	const {longestMs, stopMs} = {...telegramTiming, ...deps.timing};
	const channels = [createTelegram(deps)];
	const links = channels
		.filter(channel => channel.enabled)
		.map(channel => ({channel, feed: feedOf(channel, deps, longestMs)}));

	async function stopLink({channel, feed}: (typeof links)[number]) {
		channel.close();
		const told = feed.drained().then(() => channel.settled());
		if (channel.reachable()) await settledWithin(deps.clock, stopMs, told);
		await channel.stop();
		await feed.stop();
	}

	return {
		start() {
			for (const {channel, feed} of links) {
				channel.start();
				feed.start();
			}
		},
		async stop() {
			await Promise.all(links.map(stopLink));
		},
		reachable: () => links.some(({channel}) => channel.reachable()),
		states: () => channels.flatMap(channel => channel.states().map(state => `${channel.name}: ${state}`)),
	};
}
