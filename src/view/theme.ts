import type {MissionState} from '../domain/mission.js';
import type {SessionPhase, Status} from '../domain/status.js';
import type {Tone} from './fact-line.js';

/** A state as it stands on the screen: its shape and its word say all, its colour only sooner. */
export interface Sign {
	readonly shape: string;
	readonly word: string;
	readonly tone: Tone | 'live';
}

export const missionSigns: Readonly<Record<MissionState, Sign>> = {
	'in-progress': {shape: '▶', word: 'running', tone: 'live'},
	pending: {shape: '○', word: 'waiting', tone: 'plain'},
	blocked: {shape: '■', word: 'blocked', tone: 'bad'},
	parked: {shape: '‖', word: 'parked', tone: 'warn'},
	unproven: {shape: '?', word: 'unproven', tone: 'warn'},
	failed: {shape: '✗', word: 'failed', tone: 'bad'},
	done: {shape: '✓', word: 'done', tone: 'good'},
};

interface Stands {
	readonly state: MissionState;
	readonly why: string;
}

/** Its session stands still for an answer. */
export const asksYou = ({state, why}: Stands) => state === 'in-progress' && why.startsWith('asks you');

/** As `missionSigns`; one that asks shows that, and not that it runs. */
export const signOf = (mission: Stands): Sign =>
	asksYou(mission) ? {shape: '!', word: 'asks you', tone: 'warn'} : missionSigns[mission.state];

export const pilotSigns: Readonly<Record<Status['state'], Sign>> = {
	starting: {shape: '○', word: 'starting', tone: 'plain'},
	running: {shape: '▶', word: 'running', tone: 'good'},
	paused: {shape: '‖', word: 'paused', tone: 'warn'},
	parked: {shape: '‖', word: 'parked', tone: 'warn'},
	stopping: {shape: '■', word: 'stopping', tone: 'warn'},
};

export const phaseSigns: Readonly<Record<SessionPhase, Sign>> = {
	starting: {shape: '○', word: 'starting', tone: 'plain'},
	busy: {shape: '▶', word: 'busy', tone: 'live'},
	'waiting-permission': {shape: '!', word: 'asks you', tone: 'warn'},
	'waiting-input': {shape: '!', word: 'waits for input', tone: 'warn'},
	'rate-limited': {shape: '‖', word: 'rate limited', tone: 'warn'},
	finishing: {shape: '▶', word: 'finishing', tone: 'live'},
	ended: {shape: '■', word: 'ended', tone: 'dim'},
};

/** Before the title, two cells wide; nothing for the default. */
export const priorityMarks: Readonly<Record<number, string>> = {1: '!!', 2: '! ', 3: '  ', 4: '↓ '};

export interface Paint {
	readonly color?: 'green' | 'red' | 'yellow' | 'cyan';
	readonly bold?: boolean;
	readonly dimColor?: boolean;
}

const paints: Readonly<Record<Tone | 'live', Paint>> = {
	good: {color: 'green'},
	bad: {color: 'red', bold: true},
	warn: {color: 'yellow'},
	live: {color: 'cyan', bold: true},
	plain: {},
	dim: {dimColor: true},
};

/** How a tone looks. Only the terminal's own colours, so that light and dark both stay readable. */
export function paintOf(tone: Tone | 'live', colour: boolean): Paint {
	if (colour) return paints[tone];
	const {color: _color, ...rest} = paints[tone];
	return rest;
}
