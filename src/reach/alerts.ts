import type {PilotEvent} from '../domain/event.js';
import type {Message} from './channels/channel.js';
import {oneLine, shorten, tapsFor, tidy} from './text.js';

/** A fact worth telling a human who is elsewhere. */
export interface Alert {
	readonly seq: number;
	/** What a digest counts it as: a mission's end, or anything else. */
	readonly kind: 'done' | 'failed' | 'blocked' | 'unproven' | 'parked' | 'question' | 'other';
	readonly message: Message;
}

export interface AlertWords {
	readonly machineName: string;
	titleOf(missionId: string): string | undefined;
	/** Where the journal tells of it, relative to the workspace. */
	journalPathOf(missionId: string): string | undefined;
}

/** A summary longer than this is read in the journal. */
const summaryLimit = 2500;

const utc = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`;

const lines = (...parts: readonly (string | undefined)[]) => parts.filter(part => part).join('\n');

const endings = {done: 'Done', failed: 'Failed', blocked: 'Blocked', unproven: 'Unproven', parked: 'Parked'} as const;

type Wording = {readonly kind: Alert['kind']; readonly head: string; readonly body?: string};

const other = (head: string, body = ''): Wording => ({kind: 'other', head, body});

function concluded({data}: Extract<PilotEvent, {type: 'mission.concluded'}>, words: AlertWords): Wording | undefined {
	const {state, missionId, title, summary, why} = data;
	if (state === 'pending' || state === 'in-progress') return;
	const journal = words.journalPathOf(missionId);
	const body = lines(shorten(tidy(summary), summaryLimit), oneLine(why), journal && `journal: ${journal}`, missionId);
	return {kind: state, head: `${endings[state]}: ${title}`, body};
}

const askedHeads = {permission: 'Permission', mission: 'May it start'} as const;
/** A longer command is read where it can be scrolled. */
const commandLimit = 1500;

function asked({at, data}: Extract<PilotEvent, {type: 'approval.asked'}>, words: AlertWords): Wording | undefined {
	const {approvalId, kind, missionId, what, why, command, consequences, deadline} = data;
	// Its mission has been told of already.
	if (kind === 'proposal') return;
	const title = kind === 'permission' ? `${words.titleOf(missionId) ?? missionId} ${what}` : what;
	const minutes = deadline === undefined ? 0 : Math.round((Date.parse(deadline) - Date.parse(at)) / 60_000);
	const body = lines(
		command && shorten(tidy(command), commandLimit),
		shorten(tidy(why), 500),
		oneLine(consequences),
		`${tapsFor(approvalId)}${minutes > 0 ? ` within ${minutes} min; no answer counts as no` : ''}`,
		missionId,
	);
	return {kind: 'question', head: `${askedHeads[kind]}: ${title}`, body};
}

function pilotWording(fact: PilotEvent, words: AlertWords): Wording | undefined {
	switch (fact.type) {
		case 'pilot.started':
			return other(`Online on ${words.machineName}`, fact.data.untilIdle ? 'ends when the queue is worked off' : '');
		case 'pilot.stopped':
			return other(`Stopped on ${words.machineName}`, oneLine(fact.data.why));
		case 'pilot.warned':
			return other(`Look at ${words.machineName}: ${shorten(oneLine(fact.data.what), 200)}`, oneLine(fact.data.todo));
		case 'clock.went-back':
			return other(`The clock of ${words.machineName} was wrongly ahead`, `it said ${utc(fact.data.was)}, and is back`);
		case 'account.parked':
			return other(`Waiting: ${fact.data.why}`, fact.data.until ? `goes on by itself at ${utc(fact.data.until)}` : '');
		case 'account.unparked':
			return other(`Going on: ${fact.data.why}`);
		case 'budget.warned':
			return other(`Budget: ${fact.data.why}`, fact.data.resetsAt ? `it resets ${utc(fact.data.resetsAt)}` : '');
		case 'storage.full':
			return other(`The disk is full on ${words.machineName}: no mission is taken`, oneLine(fact.data.what));
		case 'storage.free':
			return other(`There is room again on ${words.machineName}`);
		case 'workspace.offline':
			return other('Offline: work goes on, nothing is pushed', oneLine(fact.data.why));
		default:
			return;
	}
}

function wordingOf(fact: PilotEvent, words: AlertWords): Wording | undefined {
	switch (fact.type) {
		case 'session.started': {
			if (fact.data.resumed) return;
			const {missionId, agent, attempt} = fact.data;
			const title = words.titleOf(missionId) ?? missionId;
			return other(`Started: ${title}`, `${missionId} with ${agent}${attempt > 1 ? `, attempt ${attempt}` : ''}`);
		}
		case 'mission.concluded':
			return concluded(fact, words);
		case 'question.asked': {
			const title = words.titleOf(fact.data.missionId) ?? fact.data.missionId;
			return {
				kind: 'question',
				head: `Question: ${title}`,
				body: lines(shorten(tidy(fact.data.question), summaryLimit), fact.data.missionId),
			};
		}
		case 'mission.proposed':
			return other(
				`Proposed: ${fact.data.title}`,
				`${fact.data.missionId} by ${fact.data.by}; /approve says how to answer`,
			);
		case 'approval.asked':
			return asked(fact, words);
		case 'approval.settled':
			return fact.data.answer === 'timeout'
				? other(`Not answered in time: ${fact.data.what}`, `${fact.data.approvalId} ${fact.data.missionId}`)
				: undefined;
		case 'mission.added':
			return other(`Added: ${fact.data.title}`, `${fact.data.missionId} from ${fact.data.source}`);
		default:
			return pilotWording(fact, words);
	}
}

/** Missions that a human wrote down need no alert; those of agents do. */
const byAgents = /^(agent|explor|mcp|proposal)/;

/**
 * Reads facts in order, each once, and says which become alerts. An outage is told when it begins, and a mission once however
 * many facts announce it.
 *
 * @param before Facts already dealt with, oldest first: they tell whether an outage is already known.
 */
export function createAlertReader(
	words: AlertWords,
	before: readonly PilotEvent[],
): (fact: PilotEvent) => Alert | undefined {
	const proposed = new Set<string>();
	let offline = before.findLast(fact => /^workspace\.(offline|synced)$/.test(fact.type))?.type === 'workspace.offline';

	const isNews = (fact: PilotEvent): boolean => {
		if (fact.type === 'workspace.offline') return !offline;
		if (fact.type === 'mission.proposed') return !proposed.has(fact.data.missionId);
		if (fact.type === 'mission.added') return byAgents.test(fact.data.source) && !proposed.has(fact.data.missionId);
		return true;
	};

	return fact => {
		const wording = isNews(fact) ? wordingOf(fact, words) : undefined;
		if (fact.type === 'workspace.offline' || fact.type === 'workspace.synced')
			offline = fact.type === 'workspace.offline';
		if (fact.type === 'mission.proposed' || fact.type === 'mission.added') proposed.add(fact.data.missionId);
		return (
			wording && {seq: fact.seq, kind: wording.kind, message: {head: oneLine(wording.head), body: wording.body ?? ''}}
		);
	};
}
