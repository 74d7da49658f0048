import {z} from 'zod';
import {Approval, ApprovalAnswer, ApprovalKind} from './approval.js';
import {QuotaWindow, Tokens} from './budget.js';
import {Estimate, Sample} from './estimate.js';
import {Mission, MissionId, MissionState} from './mission.js';
import {Diffstat, Receipt} from './receipt.js';
import {Report, ReportKind} from './report.js';

/** The steps of the default playbook, in order. Each one's outcome is saved before the next starts. */
export const Step = z.enum(['claim', 'prepare', 'work', 'collect', 'check', 'conclude', 'record', 'publish']);
export type Step = z.infer<typeof Step>;

/**
 * How a session ended. `completed`: the agent says it is done. `limit`: a usage limit. `login`: not logged in or no credit.
 * `stopped`: a human stopped it. `overran`: turns, minutes, bytes or quiet time. `lost`: pilot died while it ran.
 */
export const SessionOutcome = z.enum([
	'completed',
	'failed',
	'limit',
	'login',
	'stopped',
	'overran',
	'lost',
	'missing',
]);
export type SessionOutcome = z.infer<typeof SessionOutcome>;

/** Where a session works, and from which commit of which target. */
export const Checkout = z.object({
	path: z.string(),
	target: z.string().optional(),
	base: z.string().optional(),
	branch: z.string().optional(),
	testCommand: z.string().optional(),
	notes: z.array(z.string()),
	/** Where the session does not have a clone of its own. */
	isolation: z.literal('worktree').optional(),
});

/** What a session left behind. `flags` name what a human should look at twice. */
export const Collected = z.object({
	changed: z.boolean(),
	commits: z.number().int(),
	head: z.string().optional(),
	branch: z.string().optional(),
	diffstat: Diffstat.optional(),
	diffPath: z.string().optional(),
	flags: z.array(z.string()),
	/** True when the checkout holds what is nowhere else, and so must stay. */
	keep: z.boolean().optional(),
});

const event = <T extends string, S extends z.ZodRawShape>(type: T, data: S) =>
	z.object({seq: z.number().int(), at: z.iso.datetime(), type: z.literal(type), data: z.object(data)});

const ofRun = {missionId: MissionId, attempt: z.number().int()};

/** Raised when an older build could no longer make sense of the log. New types and new fields do not need that: they are passed over. */
export const logSchema = 1;

/** Facts, past tense, `noun.verbed`, in the order of `seq`. Screens and gauges never travel here. */
export const PilotEvent = z.discriminatedUnion('type', [
	event('pilot.started', {
		pid: z.number().int(),
		version: z.string(),
		machine: z.string(),
		epoch: z.number().int(),
		/** Of the log's form, see `logSchema`; none before there was one. */
		schema: z.number().int().optional(),
		untilIdle: z.boolean(),
	}),
	event('pilot.stopping', {now: z.boolean(), by: z.string()}),
	event('pilot.stopped', {why: z.string()}),
	event('pilot.paused', {by: z.string()}),
	event('pilot.resumed', {by: z.string()}),
	event('pilot.unwatched', {}),
	/** The clock was wrongly ahead, by more than a day; `was`: what it said when the fact before this one was written. */
	event('clock.went-back', {was: z.iso.datetime()}),
	/** Something around the pilot is not as it should be; it goes on. */
	event('pilot.warned', {what: z.string(), todo: z.string()}),
	event('account.parked', {
		kind: z.enum(['limit', 'login', 'overage', 'agent-missing']),
		why: z.string(),
		until: z.iso.datetime().optional(),
	}),
	event('account.unparked', {why: z.string()}),

	event('mission.added', {
		missionId: MissionId,
		title: z.string(),
		source: z.string(),
		/** Priority, target and so on, as they were written to missions.md. */
		attributes: z.string().optional(),
	}),
	event('mission.skipped', {missionId: MissionId, by: z.string()}),
	event('mission.requeued', {missionId: MissionId, by: z.string()}),
	/** `turn` as in `PilotState.skipped`; 0 for never skipped. */
	event('mission.moved', {missionId: MissionId, turn: z.number().int(), by: z.string()}),
	event('mission.reprioritised', {missionId: MissionId, priority: z.number().int(), by: z.string()}),
	/** A requeue was taken back: the mission has ended as it had before. */
	event('mission.restored', {
		missionId: MissionId,
		title: z.string(),
		state: MissionState,
		why: z.string(),
		by: z.string(),
	}),
	event('mission.removed', {missionId: MissionId, title: z.string(), by: z.string()}),
	// biome-ignore lint/suspicious/noThenProperty: facts are plain data; nobody awaits one
	event('mission.stop-asked', {...ofRun, then: z.enum(['park', 'skip']), by: z.string()}),
	event('mission.refused', {missionId: MissionId, title: z.string(), why: z.string()}),
	event('mission.claimed', {
		...ofRun,
		mission: Mission,
		tries: z.number().int(),
		scope: z.enum(['reactive', 'proactive']),
		/** What it was expected to take then; left out where nothing was known. */
		estimate: Estimate.optional(),
	}),
	event('claim.published', {...ofRun, commit: z.string().optional(), pushed: z.boolean()}),
	/** This machine's state says until when its missions are its own; and, as `published`, the remote has it. */
	event('lease.written', {until: z.iso.datetime()}),
	event('lease.published', {until: z.iso.datetime()}),
	event('claim.lost', {...ofRun, why: z.string()}),
	event('step.begun', {...ofRun, step: Step}),
	event('step.interrupted', {...ofRun, step: Step}),
	event('step.failed', {...ofRun, step: Step, code: z.string(), why: z.string(), todo: z.string()}),
	event('checkout.made', {
		...ofRun,
		...Checkout.shape,
	}),
	event('session.started', {
		...ofRun,
		sessionId: z.string(),
		agent: z.string(),
		agentSessionId: z.string().optional(),
		resumed: z.boolean(),
	}),
	event('session.ended', {
		...ofRun,
		sessionId: z.string(),
		outcome: SessionOutcome,
		why: z.string(),
		exitCode: z.number().int().nullable(),
		turns: z.number().int(),
		tokens: Tokens,
		costUsd: z.number(),
		durationMs: z.number(),
		lastWords: z.string(),
		/** Its conversation could not be gone on with: another session follows at once, in the same step. */
		anew: z.boolean().optional(),
	}),
	event('session.taken', {...ofRun, sessionId: z.string(), by: z.string()}),
	event('session.handed-back', {
		...ofRun,
		sessionId: z.string(),
		why: z.string(),
		/** What the human told the agent meanwhile, oldest first. */
		said: z.array(z.string()),
	}),
	event('report.received', {...ofRun, report: Report}),
	event('mission.progressed', {...ofRun, note: z.string()}),
	event('mission.blocked-by-agent', {...ofRun, reason: z.string()}),
	event('question.asked', {...ofRun, question: z.string()}),
	event('mission.proposed', {missionId: MissionId, title: z.string(), description: z.string(), by: z.string()}),
	event('approval.asked', Approval.shape),
	event('approval.settled', {
		approvalId: z.string(),
		kind: ApprovalKind,
		missionId: MissionId,
		/** As it was asked. */
		what: z.string(),
		answer: ApprovalAnswer,
		/** Whether it may happen. */
		allowed: z.boolean(),
		by: z.string(),
		note: z.string().optional(),
	}),
	event('memory.noted', {...ofRun, kind: z.enum(['learning', 'preference']), text: z.string()}),
	event('work.collected', {
		...ofRun,
		...Collected.shape,
	}),
	event('receipts.recorded', {...ofRun, receipts: z.array(Receipt)}),
	event('attempt.retried', {...ofRun, nextAttempt: z.number().int(), why: z.string()}),
	event('mission.concluded', {
		...ofRun,
		title: z.string(),
		state: MissionState,
		why: z.string(),
		summary: z.string(),
		reportKind: ReportKind,
		/** What this attempt took; left out where no session of it ran. */
		spent: Sample.optional(),
	}),
	event('mission.recorded', {...ofRun}),
	event('mission.published', {
		...ofRun,
		commit: z.string().optional(),
		pushed: z.boolean(),
		why: z.string().optional(),
	}),

	event('quota.read', {windows: z.array(QuotaWindow)}),
	event('budget.warned', {key: z.string(), why: z.string(), resetsAt: z.iso.datetime().optional()}),
	/** config.yaml is not what the pilot has read at its start; `problem`: nothing could start with it, and why. */
	event('config.changed', {problem: z.string().optional()}),
	event('queue.edited', {problems: z.array(z.string())}),
	event('workspace.synced', {
		pulled: z.number().int(),
		pushed: z.boolean(),
		merged: z.boolean(),
		backup: z.string().optional(),
	}),
	event('workspace.offline', {why: z.string()}),
	event('sync.held', {why: z.string(), todo: z.string()}),
	event('storage.damaged', {what: z.string()}),
	event('storage.full', {what: z.string()}),
	event('storage.free', {}),
	event('orphans.swept', {pids: z.array(z.number().int())}),
	event('reach.changed', {channel: z.string(), state: z.string()}),
	event('reach.taken', {updateId: z.number().int()}),
	event('alert.sent', {subscriber: z.string(), upTo: z.number().int()}),
]);
export type PilotEvent = z.infer<typeof PilotEvent>;
export type EventType = PilotEvent['type'];
export type DataOf<T extends EventType> = Extract<PilotEvent, {type: T}>['data'];

/** Records a fact durably, folds it, and tells whoever listens; resolves once it is on disk. */
export type Emit = <T extends EventType>(type: T, data: DataOf<T>) => PilotEvent;
