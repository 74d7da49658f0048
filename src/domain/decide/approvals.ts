import type {OpenApproval} from '../approval.js';
import {isOpen} from './pick.js';
import type {Action, Situation, Wait} from './types.js';

/** Missions that are asked about ahead of their turn, so that one that waits for an answer holds up no other. */
const askedAhead = 2;
const dayMs = 86_400_000;

/** `14:02` in the workspace's zone; with the day where it is not the next time that a clock shows it. */
function clockIn(at: string, {config, nowMs}: Situation): string {
	const isFar = Date.parse(at) - nowMs >= dayMs;
	const zone = config.timezone ? {timeZone: config.timezone} : {};
	const day = isFar ? ({month: 'short', day: 'numeric'} as const) : {};
	return new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', ...day, ...zone}).format(Date.parse(at));
}

const openOf = ({state}: Situation, missionId: string) =>
	state.approvals.find(approval => approval.kind === 'mission' && approval.missionId === missionId);

/** How many more missions a human may be asked about now. */
export const askRoom = ({state, config}: Situation) =>
	config.sessions.max + askedAhead - state.approvals.filter(({kind}) => kind === 'mission').length;

export const needsApproval = ({config}: Situation) => config.mode === 'supervised';

const notAsked: Wait = {why: 'you are asked about it when those above are answered', on: 'turn'};

/** True for what a mission waits for that the human has not been asked about yet. */
export const isToBeAsked = (wait: Wait) => wait === notAsked;

/** What a mission waits for where each has to be approved: an answer, or to be asked about. */
export function approvalWait(situation: Situation, missionId: string): Wait | undefined {
	if (!needsApproval(situation) || situation.state.approved[missionId] !== undefined) return;
	const open = openOf(situation, missionId);
	if (!open) return notAsked;
	const until = open.deadline ? `, until ${clockIn(open.deadline, situation)}` : '';
	return {why: `waits for your approval (${open.approvalId}${until})`, on: 'human'};
}

/** Why an open question is about nothing any more. */
function goneWhy(situation: Situation, {kind, missionId, attempt, sessionId}: OpenApproval): string | undefined {
	const {state, queue, queueRead, config} = situation;
	const run = state.runs[missionId];
	if (kind === 'permission') {
		const isAlive = run?.begun && run.step === 'work' && run.attempt === attempt && run.session?.id === sessionId;
		return isAlive ? undefined : 'its session has ended';
	}
	if (!queueRead) return;
	const item = queue.items.find(({mission}) => mission.id === missionId);
	if (!item) return 'the mission is no longer in missions.md';
	if (kind === 'proposal') return item.state === 'parked' ? undefined : `the mission is ${item.state} now`;
	if (config.mode !== 'supervised') return 'missions no longer wait for approval';
	return run || !isOpen(situation, item) ? `the mission is ${run ? 'running' : item.state} now` : undefined;
}

/** Questions that are over without an answer: nobody gave one in time, or what they were about is gone. */
export const settlements = (situation: Situation): Action[] =>
	situation.state.approvals.flatMap((approval): Action[] => {
		const {approvalId, deadline} = approval;
		const gone = goneWhy(situation, approval);
		if (gone) return [{do: 'settle', approvalId, answer: 'withdrawn', why: gone}];
		const isLate = deadline !== undefined && Date.parse(deadline) <= situation.nowMs;
		return isLate ? [{do: 'settle', approvalId, answer: 'timeout', why: 'nobody answered in time'}] : [];
	});
