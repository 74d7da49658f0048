import {estimateIn} from '../domain/estimate.js';
import {priorityName} from '../domain/priority.js';
import type {MissionStatus, Status} from '../domain/status.js';
import {runningWords, sentence, usuallyWords} from './estimate-words.js';
import {plainText} from './plain-text.js';
import {type QueueEntry, reasonOf} from './queue-entries.js';
import {missionSigns} from './theme.js';

/** One line: id, state, what differs from the default, and why it stands where it stands. */
export function missionBrief(entry: QueueEntry, nowMs: number): string {
	if (entry.kind === 'problem')
		return entry.text.startsWith('missions.md:')
			? `${plainText(entry.text)}: skipped until that line is mended.`
			: plainText(entry.text);
	const {mission} = entry;
	const marks = [
		missionSigns[mission.state].word,
		mission.priority === 3 ? '' : priorityName(mission.priority),
		mission.access === 'read' ? '' : mission.access,
		mission.target ? `+${plainText(mission.target)}` : '',
		mission.source === 'file' ? '' : `from ${plainText(mission.source)}`,
	];
	return `^${mission.id} ${marks.filter(Boolean).join(', ')}: ${reasonOf(mission, nowMs)}`;
}

type Around = Pick<Status, 'estimates' | 'sessions'>;

/** What it takes, against what such missions take. Of one that ended, the log tells; see `MissionPages`. */
function costOf(mission: MissionStatus, {estimates, sessions}: Around, nowMs: number): string[] {
	const estimate = estimateIn(estimates, mission);
	if (mission.state === 'pending') return [usuallyWords(estimate)];
	const session = sessions.find(({missionId, phase}) => missionId === mission.id && phase !== 'ended');
	return session ? [runningWords(session, estimate, nowMs)] : [];
}

/** What the pilot knows of it, in paragraphs: state and reason, what it takes, what it is, where its files lie. */
export function missionDetail(entry: QueueEntry, around: Around, nowMs: number): string[] {
	if (entry.kind === 'problem') return [missionBrief(entry, nowMs)];
	const {mission} = entry;
	const sign = missionSigns[mission.state];
	const target = mission.target ? `, target ${mission.target}` : '';
	return [
		`${sign.shape} ${sign.word}: ${reasonOf(mission, nowMs)}`,
		...costOf(mission, around, nowMs).map(sentence),
		plainText(
			`Priority ${priorityName(mission.priority)}, access ${mission.access}${target}, from ${mission.source}, line ${mission.line} of missions.md.`,
		),
		`Reports and receipts: .pilot/runs/${mission.id}/`,
	];
}
