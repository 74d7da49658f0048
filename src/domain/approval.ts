import {z} from 'zod';
import {MissionId} from './mission.js';

/** What a human is asked to allow: one tool call of a session, the start of a mission, a mission that an agent proposed. */
export const ApprovalKind = z.enum(['permission', 'mission', 'proposal']);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

/** `once` and `session` allow; `withdrawn`: what was asked about is gone. `timeout` allows or not as its `onTimeout` says. */
export const ApprovalAnswer = z.enum(['once', 'session', 'denied', 'timeout', 'withdrawn']);
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;

/** A question to the human. Its texts are whoever asked's own, bounded and redacted. */
export const Approval = z.object({
	/** Short enough to be typed: `a-4k2p`. */
	approvalId: z.string(),
	kind: ApprovalKind,
	missionId: MissionId,
	attempt: z.number().int().optional(),
	sessionId: z.string().optional(),
	/** One line: `wants to run a command`. */
	what: z.string(),
	why: z.string(),
	/** The exact command, or the tool's input, of several lines perhaps. */
	command: z.string().optional(),
	consequences: z.string(),
	/** What `session` would allow beside this; absent where there is no such choice. */
	forSession: z.string().optional(),
	/** ISO 8601; without one it stays open until it is answered. */
	deadline: z.string().optional(),
	onTimeout: z.enum(['deny', 'allow']),
});
export type Approval = z.infer<typeof Approval>;

export const OpenApproval = Approval.extend({askedAt: z.string()});
export type OpenApproval = z.infer<typeof OpenApproval>;

export const isAllowed = ({onTimeout}: Pick<Approval, 'onTimeout'>, answer: ApprovalAnswer): boolean =>
	answer === 'once' || answer === 'session' || (answer === 'timeout' && onTimeout === 'allow');

/** A session that stands still comes first, then what could start, then what can wait for ever; the oldest first. */
const urgency: Readonly<Record<ApprovalKind, number>> = {permission: 0, mission: 1, proposal: 2};

export const byUrgency = <T extends Pick<OpenApproval, 'kind' | 'askedAt'>>(approvals: readonly T[]): T[] =>
	approvals.toSorted((a, b) => urgency[a.kind] - urgency[b.kind] || a.askedAt.localeCompare(b.askedAt));

/** What came of a question: `allowed once by you`. */
export function answerWords({
	answer,
	by,
	note,
}: {
	readonly answer: ApprovalAnswer;
	readonly by: string;
	readonly note?: string | undefined;
}) {
	const words = {
		once: `allowed once by ${by}`,
		session: `allowed for this session by ${by}`,
		denied: `denied by ${by}${note ? `: ${note}` : ''}`,
		timeout: 'nobody answered in time',
		withdrawn: 'no longer asked',
	};
	return words[answer];
}
