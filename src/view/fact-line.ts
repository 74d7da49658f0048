import {answerWords} from '../domain/approval.js';
import {configChanged} from '../domain/config-changed.js';
import {countOf} from '../domain/count-of.js';
import type {DataOf, EventType, PilotEvent} from '../domain/event.js';
import {priorityName} from '../domain/priority.js';
import {totalTokens} from '../domain/tokens.js';
import {clockTime} from './format.js';

/** How bad a fact is, for colour and order; never told by colour alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'plain' | 'dim';

export interface FactLine {
	readonly tone: Tone;
	readonly text: string;
	/** The mission it is about. */
	readonly missionId?: string;
}

type Words = {readonly [T in EventType]?: (data: DataOf<T>, at: string) => FactLine | undefined};

const stateTone = {
	done: 'good',
	failed: 'bad',
	blocked: 'bad',
	unproven: 'warn',
	parked: 'warn',
	pending: 'plain',
	'in-progress': 'plain',
} as const;

const say = (tone: Tone, text: string): FactLine => ({tone, text});

const duration = (ms: number) =>
	ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`;

const money = (usd: number) => (usd >= 0.005 ? `, $${usd.toFixed(2)}` : '');

function sessionEnded({outcome, why, turns, durationMs, costUsd, tokens}: DataOf<'session.ended'>): FactLine {
	const spent = `${countOf(turns, 'turn')}, ${duration(durationMs)}, ${totalTokens(tokens)} tokens${money(costUsd)}`;
	return outcome === 'completed'
		? say('plain', `session ended: ${spent}`)
		: say('warn', `session ended: ${why}, ${spent}`);
}

function collected({commits, diffstat, branch}: DataOf<'work.collected'>): FactLine | undefined {
	if (!commits || !diffstat) return;
	return say('plain', `${countOf(commits, 'commit')} on ${branch}: +${diffstat.added} -${diffstat.removed}`);
}

function receipts({receipts: all}: DataOf<'receipts.recorded'>): FactLine {
	const wanted = all.filter(receipt => receipt.verdict !== 'not-required');
	const met = wanted.filter(receipt => receipt.verdict === 'met');
	return say(met.length === wanted.length ? 'plain' : 'warn', `receipts: ${met.length} of ${wanted.length} hold`);
}

function approvalSettled(settled: DataOf<'approval.settled'>): FactLine {
	const {approvalId, what, answer} = settled;
	const tone = answer === 'denied' || answer === 'timeout' ? 'warn' : 'plain';
	return say(tone, `${approvalId} ${answerWords(settled)} (${what})`);
}

function missionAdded({source, title, attributes}: DataOf<'mission.added'>): FactLine {
	return say('plain', `added from ${source.split(':')[0]}: ${title}${attributes ? ` ${attributes}` : ''}`);
}

function synced({pulled, backup}: DataOf<'workspace.synced'>): FactLine | undefined {
	if (backup) return say('warn', `the remote's history was written anew; what was here stays on ${backup}`);
	return pulled > 0 ? say('dim', `pulled ${countOf(pulled, 'commit')}`) : undefined;
}

function clockBack({was}: DataOf<'clock.went-back'>, at: string): FactLine {
	const wrong = `the clock was wrongly ahead (${was.slice(0, 10)}) and is back at ${at.slice(0, 10)}`;
	return say('warn', `${wrong}: what waited for a time then goes on now, and the runs counted then count today`);
}

/** Facts in words; those that only the machinery cares about are not in it. */
const words: Words = {
	'mission.added': missionAdded,
	'mission.claimed': ({mission}) => say('plain', `taken: ${mission.title}`),
	'claim.lost': ({why}) => say('warn', `given up: ${why}`),
	'attempt.retried': ({why}) => say('warn', `tried again: ${why}`),
	'session.started': ({agent, resumed}) => say('plain', `${agent} session ${resumed ? 'resumed' : 'started'}`),
	'session.taken': ({by}) => say('plain', `taken over by ${by}`),
	'session.handed-back': ({why}) => say('plain', `goes on by itself: ${why}`),
	'session.ended': sessionEnded,
	'report.received': ({report}) => say('plain', `report: ${report.summary}`),
	'mission.progressed': ({note}) => say('dim', note),
	'mission.blocked-by-agent': ({reason}) => say('warn', `the agent is blocked: ${reason}`),
	'question.asked': ({question}) => say('warn', `question: ${question}`),
	'approval.asked': ({approvalId, what, command}) =>
		say('warn', `asks you (${approvalId}): ${what}${command ? `: ${command.split('\n', 1)[0]}` : ''}`),
	'approval.settled': approvalSettled,
	'mission.proposed': ({title}) => say('plain', `proposed: ${title}`),
	'memory.noted': ({kind, text}) => say('dim', `${kind}: ${text}`),
	'work.collected': collected,
	'receipts.recorded': receipts,
	'mission.concluded': ({state, title, why}) => say(stateTone[state], `${state}: ${title} (${why})`),
	'step.failed': ({step, why, todo}) => say('bad', `${step}: ${why} ${todo}`),
	'mission.skipped': ({by}) => say('plain', `skipped by ${by}`),
	'mission.moved': ({by}) => say('dim', `moved in the queue by ${by}`),
	'mission.reprioritised': ({priority, by}) => say('dim', `${priorityName(priority)} priority, by ${by}`),
	'mission.restored': ({state, by}) => say('plain', `${state} again: its requeue was taken back by ${by}`),
	'mission.removed': ({title, by}) => say('plain', `taken out of the queue by ${by}: ${title}`),
	'mission.requeued': ({by}) =>
		by === 'missions.md'
			? say('plain', 'requeued: missions.md has it as pending again; if an editor has saved old text there, skip it')
			: say('plain', `requeued by ${by}`),
	'mission.stop-asked': ({by}) => say('plain', `stopped by ${by}`),
	'mission.refused': ({why}) => say('bad', `cannot start: ${why}`),
	'pilot.started': ({pid}) => say('plain', `pilot started (pid ${pid})`),
	'pilot.stopping': ({now}) => say('plain', now ? 'stopping now' : 'stopping when what runs has ended'),
	'pilot.stopped': ({why}) => say('plain', `pilot stopped: ${why}`),
	'pilot.paused': ({by}) => say('warn', `paused by ${by}`),
	'pilot.resumed': ({by}) => say('good', `resumed by ${by}`),
	'clock.went-back': clockBack,
	'pilot.unwatched': () => say('dim', 'no dashboard is watching; the pilot goes on'),
	'pilot.warned': ({what, todo}) => say('warn', `${what} ${todo}`),
	'account.parked': ({why}) => say('warn', `parked: ${why}`),
	'account.unparked': ({why}) => say('good', `going on: ${why}`),
	'budget.warned': ({why, resetsAt}, at) =>
		say('warn', `budget: ${why}${resetsAt ? `, resets ${clockTime(resetsAt, Date.parse(at))}` : ''}`),
	'config.changed': ({problem}) => say(problem === undefined ? 'plain' : 'warn', configChanged(problem)),
	'queue.edited': ({problems}) =>
		problems.length > 0 ? say('warn', `missions.md: ${problems.join('; ')}`) : undefined,
	'workspace.synced': synced,
	'workspace.offline': ({why}) => say('warn', `offline: ${why}; work goes on`),
	'sync.held': ({why, todo}) => say('bad', `sync is held: ${why} ${todo}`),
	'storage.full': ({what}) => say('bad', `${what} No mission is taken until there is room.`),
	'storage.free': () => say('good', 'there is room on the disk again'),
	'storage.damaged': ({what}) => say('bad', what),
	'orphans.swept': ({pids}) =>
		say('warn', `ended ${pids.length === 1 ? 'a process' : `${pids.length} processes`} left by an earlier session`),
	'reach.changed': ({channel, state}) => say('dim', `${channel}: ${state}`),
};

/** One fact in words, or nothing for facts that only the machinery cares about. */
export function factLine(event: PilotEvent): FactLine | undefined {
	const tell = words[event.type] as ((data: PilotEvent['data'], at: string) => FactLine | undefined) | undefined;
	const line = tell?.(event.data, event.at);
	return line && 'missionId' in event.data ? {...line, missionId: event.data.missionId} : line;
}
