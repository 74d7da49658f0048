import {type Approval, type ApprovalAnswer, isAllowed, type OpenApproval} from '../domain/approval.js';
import type {Answer, Command} from '../domain/command.js';
import {limitOf} from '../domain/config.js';
import type {Action} from '../domain/decide/index.js';
import type {Mission} from '../domain/mission.js';
import {done, refused} from './answer.js';
import {commitQueue} from './commit-queue.js';
import {type Context, targetOf} from './context.js';

type Of<T extends Command['type']> = Extract<Command, {type: T}>;

/** Records a question to the human, under a short id of its own. */
export function ask(
	{store, randomId}: Pick<Context, 'store' | 'randomId'>,
	question: Omit<Approval, 'approvalId'>,
): Approval {
	const isUsed = (id: string) => store.state.approvals.some(({approvalId}) => approvalId === id);
	let approvalId = randomId('a');
	while (isUsed(approvalId)) approvalId = randomId('a');
	const approval = {approvalId, ...question};
	store.emit('approval.asked', approval);
	return approval;
}

export const deadlineOf = ({clock, config}: Pick<Context, 'clock' | 'config'>) =>
	new Date(clock.now() + config.approvals.timeoutSeconds * 1000).toISOString();

/** What became of a question. */
export interface Settlement {
	readonly answer: ApprovalAnswer;
	readonly by: string;
	readonly note?: string | undefined;
}

export function tellSettled({store}: Pick<Context, 'store'>, approval: Approval, {answer, by, note}: Settlement) {
	const {approvalId, kind, missionId, what} = approval;
	const allowed = isAllowed(approval, answer);
	store.emit('approval.settled', {approvalId, kind, missionId, what, answer, allowed, by, ...(note ? {note} : {})});
}

/** What an answer changes in missions.md: before the fact, so that a crash between the two leaves the answer to be seen there. */
function editOf({kind, missionId: id}: Approval, answer: ApprovalAnswer, allowed: boolean) {
	if (answer === 'withdrawn' || kind === 'permission') return;
	if (kind === 'mission') return allowed ? undefined : ({op: 'mark', id, state: 'parked'} as const);
	return allowed ? ({op: 'mark', id, state: 'pending'} as const) : ({op: 'remove', id} as const);
}

/** Closes a question, with all that its answer means. */
function settle(context: Context, approval: OpenApproval, settlement: Settlement) {
	const {what, missionId} = approval;
	const allowed = isAllowed(approval, settlement.answer);
	const edit = editOf(approval, settlement.answer, allowed);
	if (edit) context.queueFile.edit([edit]);
	tellSettled(context, approval, settlement);
	if (edit) commitQueue(context, `${allowed ? 'Approve' : 'Deny'}: ${what} ^${missionId}`);
}

/** What a mission may do, by its access. */
function reachOf(context: Context, mission: Mission): string {
	const target = targetOf(context, {mission})?.name ?? 'its own empty folder';
	if (mission.access === 'read') return `It may read ${target} and change nothing.`;
	if (mission.access === 'write') return `It may change a private clone of ${target}; what it did comes as a branch.`;
	return `It works in ${target} itself: what it changes there is changed.`;
}

/** What a mission may cost, by its limits and by what sessions have cost today. */
function estimateOf({config, store}: Context): string {
	const {limits} = config;
	const most = [
		[limitOf(limits.missionMinutes), 'minutes'],
		[limitOf(limits.turnsPerMission), 'turns'],
	] as const;
	const bounds = most.filter(([limit]) => Number.isFinite(limit)).map(([limit, what]) => `${limit} ${what}`);
	const {runs, costUsd} = store.state.ledger;
	const spent = runs > 0 && costUsd > 0 ? ` The sessions of this day cost $${(costUsd / runs).toFixed(2)} each.` : '';
	return `${bounds.length > 0 ? `At most ${bounds.join(' and ')} a session.` : 'No limit is set for it.'}${spent}`;
}

const longestWhy = 2000;

/** What somebody wrote about a mission, behind a line's end; what is left out is said. */
export function shownPart(description: string): string {
	if (description === '') return '';
	const left = description.length - longestWhy;
	return `\n${description.slice(0, longestWhy)}${left > 0 ? `\n… and ${left} characters more, in missions.md` : ''}`;
}

/** Puts the start of a mission before the human. */
function askMission(context: Context, missionId: string) {
	const item = context.queueFile.queue.items.find(({mission}) => mission.id === missionId);
	if (!item) return;
	const {mission} = item;
	const from = mission.source === 'file' ? '' : ` It comes from ${mission.source}.`;
	ask(context, {
		kind: 'mission',
		missionId,
		what: mission.title,
		why: `With mode supervised each mission waits for your yes.${from}${shownPart(mission.description)}`,
		consequences: `${reachOf(context, mission)} ${estimateOf(context)}`,
		deadline: deadlineOf(context),
		onTimeout: 'deny',
	});
}

/** Asks what is to be asked, and closes what nobody has answered in time or is about nothing any more. */
export function doAboutApproval(context: Context, action: Extract<Action, {do: 'ask' | 'settle'}>) {
	if (action.do === 'ask') return askMission(context, action.missionId);
	const approval = context.store.state.approvals.find(({approvalId}) => approvalId === action.approvalId);
	if (approval) settle(context, approval, {answer: action.answer, by: 'pilot', note: action.why});
}

/** The question that is meant, or the ones that there are. */
function find({store}: Context, given: string): OpenApproval | Answer {
	const {approvals} = store.state;
	const id = given.trim().toLowerCase().replace(/^\^/, '');
	const approval = approvals.find(({approvalId}) => approvalId === id);
	if (approval) return approval;
	const open = approvals.map(({approvalId, what}) => `${approvalId} (${what.slice(0, 60)})`).join(', ');
	return refused(
		'APPROVAL_UNKNOWN',
		`Nothing is asked as ${given}.`,
		open === '' ? 'Nothing is open: it was answered, or what asked is gone.' : `Open: ${open}.`,
	);
}

const isAnswer = (value: OpenApproval | Answer): value is Answer => 'ok' in value;

export function allow(context: Context, {id, scope, by}: Of<'approval.allow'>): Answer {
	const approval = find(context, id);
	if (isAnswer(approval)) return approval;
	const {approvalId, kind, missionId, forSession} = approval;
	const answer = scope === 'session' && forSession !== undefined ? 'session' : 'once';
	settle(context, approval, {answer, by});
	const then = {
		permission: answer === 'session' ? 'for this session' : 'this once',
		mission: `^${missionId} starts when its turn comes`,
		proposal: `^${missionId} is in the queue`,
	};
	return done(`Approved ${approvalId}: ${then[kind]}.`, {missionId});
}

export function deny(context: Context, {id, note, by}: Of<'approval.deny'>): Answer {
	const approval = find(context, id);
	if (isAnswer(approval)) return approval;
	const {approvalId, kind, missionId} = approval;
	settle(context, approval, {answer: 'denied', by, note});
	const then = {
		permission: 'the session is told, and goes on',
		mission: `^${missionId} is parked`,
		proposal: `^${missionId} is taken out of missions.md`,
	};
	return done(`Denied ${approvalId}: ${then[kind]}.`, {missionId});
}
