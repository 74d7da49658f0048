import {clockWentBack} from '../clock-back.js';
import {daysOn} from '../days.js';
import type {PilotEvent} from '../event.js';
import type {PilotState} from '../state.js';
import {totalTokens} from '../tokens.js';

const omit = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> => {
	const {[key]: _gone, ...rest} = value;
	return rest;
};

/** A new start may be after the human has mended what they alone could: a missing program, a login. */
const lookAgain = (state: PilotState): PilotState =>
	state.parked?.kind === 'login' || state.parked?.kind === 'agent-missing' ? omit(state, 'parked') : state;

function reduceMachine(state: PilotState, event: PilotEvent): PilotState {
	if (event.type === 'clock.went-back') return clockWentBack(state, event.data, event.at);
	if (event.type === 'storage.full') return {...state, storageFull: event.data.what};
	return event.type === 'storage.free' ? omit(state, 'storageFull') : state;
}

/** What a new start looks at anew. */
const afresh = (state: PilotState): PilotState => lookAgain(omit(omit(state, 'stopping'), 'storageFull'));

/** Fold what concerns the pilot as a whole: running, paused, parked, in sync, and what the day has cost. */
export function reduceAccount(state: PilotState, event: PilotEvent): PilotState {
	switch (event.type) {
		case 'pilot.started':
			return {...afresh(state), epoch: event.data.epoch, missionsThisStart: 0};
		case 'pilot.stopping':
			return {...state, stopping: event.data};
		case 'pilot.paused':
			return {...state, paused: {by: event.data.by, at: event.at}};
		case 'pilot.resumed':
			return omit(omit(omit(state, 'paused'), 'parked'), 'syncHeld');
		case 'account.parked':
			return {...state, parked: {...event.data, since: event.at}};
		case 'account.unparked':
			return omit(state, 'parked');
		case 'session.started': {
			const {ledger, pastDays} = daysOn(state, event.at.slice(0, 10));
			const runs = ledger.runs + (event.data.resumed ? 0 : 1);
			return {...state, pastDays, ledger: {...ledger, runs}};
		}
		case 'session.ended': {
			const {ledger, pastDays} = daysOn(state, event.at.slice(0, 10));
			const scope = state.runs[event.data.missionId]?.scope ?? 'reactive';
			const tokens = totalTokens(event.data.tokens);
			return {
				...state,
				pastDays,
				ledger: {...ledger, costUsd: ledger.costUsd + event.data.costUsd, [scope]: ledger[scope] + tokens},
			};
		}
		case 'quota.read':
			return {...state, windows: event.data.windows};
		case 'mission.added':
			return event.data.source === 'exploration' ? {...state, lastExploredAt: event.at} : state;
		case 'budget.warned':
			return {...state, warned: [...state.warned.slice(-19), event.data.key]};
		case 'workspace.synced':
			return {...omit(omit(state, 'offline'), 'syncHeld'), lastSyncAt: event.at};
		case 'workspace.offline':
			return {...state, offline: {why: event.data.why, since: state.offline?.since ?? event.at}};
		case 'lease.written':
			return {...state, lease: {...state.lease, until: event.data.until}};
		case 'lease.published':
			return {...state, lease: {until: state.lease?.until ?? event.data.until, publishedUntil: event.data.until}};
		case 'sync.held':
			return {...state, syncHeld: event.data};
		case 'alert.sent':
			return {...state, cursors: {...state.cursors, [event.data.subscriber]: event.data.upTo}};
		case 'reach.taken':
			return {...state, lastUpdateId: event.data.updateId};
		default:
			return reduceMachine(state, event);
	}
}
