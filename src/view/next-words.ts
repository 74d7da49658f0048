import type {OpenApproval} from '../domain/approval.js';
import {estimateIn} from '../domain/estimate.js';
import type {MissionStatus, Status} from '../domain/status.js';
import {clockTime, nextLine, runningMissions} from './format.js';
import {reasonOf} from './queue-entries.js';

const minuteMs = 60_000;

/** What a session of this mission asks, and stands still for. */
export const askedBy = ({approvals}: Pick<Status, 'approvals'>, missionId: string): OpenApproval | undefined =>
	approvals.find(approval => approval.kind === 'permission' && approval.missionId === missionId);

/** The first question to run out where all that runs stands still for an answer; else undefined. */
export function heldBy(status: Pick<Status, 'missions' | 'approvals'>): OpenApproval | undefined {
	const running = runningMissions(status);
	const asked = running.flatMap(({id}) => askedBy(status, id) ?? []);
	if (asked.length === 0 || asked.length < running.length) return;
	return asked.toSorted((a, b) => (a.deadline ?? '9').localeCompare(b.deadline ?? '9'))[0];
}

/** When a session is expected to end, ms; undefined where nothing is known of such missions, or it takes longer than most. */
function endsAtMs({sessions, estimates}: Status, mission: MissionStatus, nowMs: number): number | undefined {
	const session = sessions.find(({missionId, phase}) => missionId === mission.id && phase !== 'ended');
	const minutes = estimateIn(estimates, mission)?.minutes;
	if (!session || !minutes) return;
	const from = Date.parse(session.startedAt);
	return [minutes.p50, minutes.p90].map(each => from + each * minuteMs).find(atMs => atMs > nowMs);
}

/** `at 14:02 or once you answer`, `about 14:02`, `in under a minute`, or that a session has to end where nobody knows when it will. */
function whenWords(status: Status, nowMs: number): string {
	const held = heldBy(status);
	// At the deadline no answer counts as no, and the session goes on.
	if (held) return `${held.deadline ? `at ${clockTime(held.deadline, nowMs)} or ` : ''}once you answer`;
	const ends = runningMissions(status).flatMap(mission => endsAtMs(status, mission, nowMs) ?? []);
	if (ends.length === 0) return 'when a session ends';
	const firstMs = Math.min(...ends);
	if (firstMs - nowMs < minuteMs) return 'in under a minute';
	return `about ${clockTime(new Date(firstMs).toISOString(), nowMs)}`;
}

/** What comes after that which runs: a time if one is known, else whose turn is next and what it waits for. */
export function thenText(status: Status, nowMs: number): string {
	const isOfRunning =
		status.next.at === undefined && runningMissions(status).some(({id}) => status.next.what === `^${id}`);
	if (!isOfRunning) return `next: ${nextLine(status, nowMs)}`;
	// What waits for a human, or for another mission, is not what comes next.
	const coming = status.missions.find(({state, why}) => state === 'pending' && /^(?:next|its turn)\b/.test(why));
	if (coming) return `next, ${whenWords(status, nowMs)}: ${coming.title}`;
	const first = status.missions.find(({state}) => state === 'pending');
	return first ? `next: ${first.title}, ${reasonOf(first, nowMs)}` : 'next: nothing is pending';
}
