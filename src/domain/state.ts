import {z} from 'zod';
import {OpenApproval} from './approval.js';
import {DayLedger, QuotaWindow, Tokens} from './budget.js';
import {Sample, Samples} from './estimate.js';
import {Checkout, Collected, SessionOutcome, Step} from './event.js';
import {Mission, MissionId, MissionState} from './mission.js';
import {noQuotaUse, QuotaUse} from './quota-use.js';
import {Receipt} from './receipt.js';
import {Report, ReportKind} from './report.js';

const Ended = z.object({
	outcome: SessionOutcome,
	why: z.string(),
	exitCode: z.number().int().nullable(),
	turns: z.number().int(),
	tokens: Tokens,
	costUsd: z.number(),
	durationMs: z.number(),
	lastWords: z.string(),
});

const Conclusion = z.object({state: MissionState, why: z.string(), summary: z.string(), reportKind: ReportKind});

/** One attempt at a mission, between its claim and the push that tells of its end. */
export const Run = z.object({
	missionId: MissionId,
	/** Number of the attempt, from 1, over the mission's whole life; names `.pilot/runs/<id>/<n>`. */
	attempt: z.number().int(),
	/** Number of the attempt since the mission was last claimed, from 1. */
	tries: z.number().int(),
	mission: Mission,
	scope: z.enum(['reactive', 'proactive']),
	claimedAt: z.string(),
	step: Step,
	/** True between a step's intent and its outcome: somebody is at it. */
	begun: z.boolean(),
	/** Earliest time of the next try of a step that failed, ms since epoch. */
	notBeforeMs: z.number(),
	/** A step was broken off by the end of a pilot: what it finds done may be its own doing. */
	interrupted: z.boolean().optional(),
	/** Why the step that is due did not do the last time it was tried. */
	trouble: z.object({code: z.string(), why: z.string(), todo: z.string()}).optional(),
	/** A step that failed for good; the conclusion says so. */
	stepFailure: z.object({step: Step, code: z.string(), why: z.string(), todo: z.string()}).optional(),
	/** What the agent's session has cost so far, US dollars; a resumed one goes on counting from there. */
	spentUsd: z.number(),
	/** What this attempt has taken so far, of all its sessions. */
	spent: Sample.optional(),
	/** How often this attempt's session had to be taken up again. */
	resumes: z.number().int(),
	session: z
		.object({id: z.string(), agent: z.string(), agentSessionId: z.string().optional(), startedAt: z.string()})
		.optional(),
	/** A human had its session in hand, or has it now. */
	taken: z.object({by: z.string(), said: z.array(z.string())}).optional(),
	/** What its session had to ask for, and what came of it; the newest last. */
	asked: z.array(z.object({what: z.string(), came: z.string()})).optional(),
	stopAsked: z.enum(['park', 'skip']).optional(),
	checkout: Checkout.optional(),
	ended: Ended.optional(),
	report: Report.optional(),
	noted: z.array(z.object({kind: z.enum(['learning', 'preference']), text: z.string()})),
	blockedReason: z.string().optional(),
	questions: z.array(z.string()),
	collected: Collected.optional(),
	receipts: z.array(Receipt).optional(),
	conclusion: Conclusion.optional(),
	/** Why earlier attempts of this claim did not do, oldest first. */
	failures: z.array(z.string()),
});
export type Run = z.infer<typeof Run>;

/** How a mission's last attempt ended, kept to explain its mark. */
export const Outcome = z.object({
	state: MissionState,
	why: z.string(),
	summary: z.string(),
	at: z.string(),
	attempt: z.number().int(),
	title: z.string(),
	/** True once missions.md and the journal tell it. */
	recorded: z.boolean(),
});
export type Outcome = z.infer<typeof Outcome>;

const Parked = z.object({
	kind: z.enum(['limit', 'login', 'overage', 'agent-missing']),
	why: z.string(),
	until: z.string().optional(),
	since: z.string(),
});

/** The fold of all facts. Its snapshot is `state/<machine>.json`. */
export const PilotState = z.object({
	v: z.literal(1),
	/** `seq` of the last fact folded in. */
	seq: z.number().int(),
	machine: z.string(),
	epoch: z.number().int(),
	stopping: z.object({now: z.boolean(), by: z.string()}).optional(),
	paused: z.object({by: z.string(), at: z.string()}).optional(),
	parked: Parked.optional(),
	syncHeld: z.object({why: z.string(), todo: z.string()}).optional(),
	/** While the disk is full: what could not be written. */
	storageFull: z.string().optional(),
	offline: z.object({why: z.string(), since: z.string()}).optional(),
	lastSyncAt: z.string().optional(),
	/** Until when the missions that this machine works on are its own, as its file says and as the remote has it. */
	lease: z.object({until: z.string(), publishedUntil: z.string().optional()}).optional(),
	runs: z.record(z.string(), Run),
	/** Number of the last attempt of each mission. */
	attempts: z.record(z.string(), z.number().int()),
	outcomes: z.record(z.string(), Outcome),
	/** `seq` of the skip: higher goes later within its priority. */
	skipped: z.record(z.string(), z.number().int()),
	/** Missions that an older build has refused, and why. Asked for by those; what cannot run is found out anew now. */
	refused: z.record(z.string(), z.string()),
	/** What a human is asked now, oldest first. */
	approvals: z.array(OpenApproval).default([]),
	/** Missions that may start, and who said so. */
	approved: z.record(z.string(), z.string()).default({}),
	missionsThisStart: z.number().int(),
	ledger: DayLedger,
	/** The days before that one on which something was counted, the oldest first, seven at most. */
	pastDays: z.array(DayLedger).default([]),
	windows: z.array(QuotaWindow),
	/** What pilot can have used of them. */
	quotaUse: QuotaUse.default(noQuotaUse),
	/** What attempts took, to tell what others will. */
	samples: Samples.default({}),
	/** Quota states already warned of, such as `five_hour@2026-…`, so that each is told once. */
	warned: z.array(z.string()),
	/** Last `seq` that each subscriber has dealt with. */
	cursors: z.record(z.string(), z.number().int()),
	lastUpdateId: z.number().int(),
	lastExploredAt: z.string().optional(),
});
export type PilotState = z.infer<typeof PilotState>;

export const initialState = (machine: string): PilotState => ({
	v: 1,
	seq: 0,
	machine,
	epoch: 0,
	runs: {},
	attempts: {},
	outcomes: {},
	skipped: {},
	refused: {},
	approvals: [],
	approved: {},
	missionsThisStart: 0,
	ledger: {day: '', runs: 0, costUsd: 0, reactive: 0, proactive: 0},
	pastDays: [],
	windows: [],
	quotaUse: noQuotaUse,
	samples: {},
	warned: [],
	cursors: {},
	lastUpdateId: 0,
});
