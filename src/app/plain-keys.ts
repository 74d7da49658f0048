import {byUrgency} from '../domain/approval.js';
import {type KeyedAction, keyActions, keyedActions, keyLabel, keysOf} from '../domain/keys.js';
import type {MissionStatus, Status} from '../domain/status.js';
import {plainText} from '../view/plain-text.js';
import {reasonOf} from '../view/queue-entries.js';
import {missionSigns} from '../view/theme.js';

/** What came of a line: words for a verb to run, something to say, the wish to leave; undefined when it is no key at all. */
export type KeyEffect = {readonly run: readonly string[]} | {readonly say: string} | 'leave' | undefined;

const told = (status: Status, at: number, mission: MissionStatus, nowMs: number) =>
	`${at + 1} of ${status.missions.length}: ^${mission.id} ${plainText(mission.title)}, ${missionSigns[mission.state].word}: ${reasonOf(mission, nowMs)}`;

const whole: Readonly<Partial<Record<KeyedAction, readonly string[]>>> = {
	...{budget: ['budget'], morning: ['report'], journal: ['journal'], memory: ['memory'], approve: ['approve']},
	commands: ['logs', '--commands', '--tail', '20'],
};
/** What plays or is typed into is for eyes. */
const ofMission: Readonly<Partial<Record<KeyedAction, string>>> = {
	skip: 'skip',
	stop: 'stop',
	requeue: 'requeue',
};
const steps: Readonly<Partial<Record<KeyedAction, number>>> = {
	...{down: 1, up: -1, 'page-down': 10, 'page-up': -10},
	...{first: Number.NEGATIVE_INFINITY, last: Number.POSITIVE_INFINITY},
};
const spoken = (action: KeyedAction) =>
	action in whole ||
	action in ofMission ||
	action in steps ||
	['pause', 'deny', 'new', 'help', 'quit'].includes(action);

/** Of the words on a line, those keys that do something here: one a line. */
function help(keys: Status['keys']): string {
	const rows = keyedActions.filter(spoken).flatMap(action => {
		const labels = keysOf(action, keys).filter(key => key.length === 1);
		return labels.length > 0 ? [`${labels.map(keyLabel).join(' ')}: ${keyActions[action].about}`] : [];
	});
	return ['A key of the dashboard, then Enter:', ...rows].join('\n');
}

/**
 * The keys of the dashboard where nothing is drawn: each is a line of its own, as lines are all that is heard there, and each says
 * what it does in a line. Which mission is selected is kept here.
 *
 * @returns What a line stands for as of this status; a text behind the key of `new` is a title.
 */
export function createPlainKeys(): (line: string, status: Status, nowMs: number) => KeyEffect {
	let selectedId: string | undefined;
	const move = (status: Status, step: number, nowMs: number): KeyEffect => {
		const at = status.missions.findIndex(({id}) => id === selectedId);
		const next = Math.max(0, Math.min(status.missions.length - 1, at < 0 && step > 0 && step < 2 ? 0 : at + step));
		const mission = status.missions[next];
		selectedId = mission?.id;
		return {say: mission ? told(status, next, mission, nowMs) : 'The queue is empty.'};
	};
	const actOn = (verb: string, action: KeyedAction): KeyEffect =>
		selectedId === undefined
			? {
					say: `No mission is selected: ${keyLabel(keyActions.down.keys[0] ?? '')} selects one. ${keyActions[action].about}`,
				}
			: {run: [verb, selectedId]};
	const deny = ({approvals}: Status): KeyEffect => {
		const [first] = byUrgency(approvals);
		return {
			say: first
				? `To deny ${plainText(first.what)}: deny ${first.approvalId}, and --note "why" if you like.`
				: 'Nothing is asked.',
		};
	};
	return (line, status, nowMs) => {
		const [, key = '', text = ''] = /^(\S)(?:\s+(.*))?$/su.exec(line.trim()) ?? [];
		const action = keyedActions.find(one => spoken(one) && keysOf(one, status.keys).includes(key));
		if (!action || (text !== '' && action !== 'new')) return undefined;
		const [verb, step, words] = [ofMission[action], steps[action], whole[action]];
		if (words) return {run: words};
		if (verb) return actOn(verb, action);
		if (step !== undefined) return move(status, step, nowMs);
		if (action === 'pause') return {run: [status.state === 'paused' ? 'resume' : 'pause']};
		if (action === 'deny') return deny(status);
		if (action === 'new')
			return text === '' ? {say: `Its title behind it: ${key} Mend the door.`} : {run: ['add', text]};
		return action === 'quit' ? 'leave' : {say: help(status.keys)};
	};
}
