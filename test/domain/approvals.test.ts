import {describe, expect, test} from 'vitest';
import {type Approval, byUrgency, isAllowed} from '../../src/domain/approval.js';
import {decide} from '../../src/domain/decide/index.js';
import type {DataOf} from '../../src/domain/event.js';
import {initialState, PilotState} from '../../src/domain/state.js';
import {visibleText} from '../../src/domain/visible-text.js';
import {claim, fold, idOf, iso, makeItem, makeMission, makeSituation, nowMs, runAt} from './situations.js';

const fresh = initialState('a1');
const hour = 3_600_000;
const config = {mode: 'supervised', timezone: 'UTC'};

const asked = (n: number, more: Partial<Approval> = {}): Approval => ({
	approvalId: `a-000${n}`,
	kind: 'mission',
	missionId: idOf(n),
	what: `Mission ${n}`,
	why: '',
	consequences: '',
	deadline: iso(nowMs + hour),
	onTimeout: 'deny',
	...more,
});

const settled = (n: number, more: Partial<DataOf<'approval.settled'>> = {}): DataOf<'approval.settled'> => ({
	approvalId: `a-000${n}`,
	kind: 'mission',
	missionId: idOf(n),
	what: `Mission ${n}`,
	answer: 'once',
	allowed: true,
	by: 'you',
	...more,
});

const did = (situation: ReturnType<typeof makeSituation>, ...kinds: string[]) =>
	decide(situation).actions.filter(action => kinds.includes(action.do));

describe('mode supervised', () => {
	test('the next missions are asked about, two more than run side by side, and none is taken', () => {
		const items = [1, 2, 3, 4, 5].map(n => makeItem(n));
		const situation = makeSituation({items, config});
		expect(did(situation, 'claim', 'ask')).toEqual([1, 2, 3].map(n => ({do: 'ask', missionId: idOf(n)})));
		expect(did(makeSituation({items}), 'ask')).toEqual([]);
	});

	test('what waits for an answer says so with its id and time, and holds up no other', () => {
		let state = fold(fresh, 'approval.asked', asked(1));
		state = fold(state, 'approval.asked', asked(2));
		state = fold(state, 'approval.settled', settled(2));
		const situation = makeSituation({items: [1, 2, 3].map(n => makeItem(n)), state, config});
		const {actions, waits} = decide(situation);
		expect(waits[idOf(1)]).toEqual({why: 'waits for your approval (a-0001, until 13:00)', on: 'human'});
		expect(actions).toEqual([
			{do: 'claim', missionId: idOf(2)},
			{do: 'ask', missionId: idOf(3)},
		]);
	});

	test('a yes counts for one start: taken, and put back, it is asked about again', () => {
		let state = fold(fold(fresh, 'approval.asked', asked(1)), 'approval.settled', settled(1));
		expect(state.approved).toEqual({[idOf(1)]: 'you'});
		state = claim(state, makeMission(1));
		expect(state.approved).toEqual({});
	});

	test('nothing is asked while nothing could start anyway', () => {
		const state = fold(fresh, 'pilot.paused', {by: 'you'});
		const {actions, waits} = decide(makeSituation({items: [makeItem(1)], state, config}));
		expect(actions).toEqual([]);
		expect(waits[idOf(1)]?.why).toContain('paused by you');
	});

	test('denied, or unanswered at the deadline, it is parked with the reason', () => {
		const open = fold(fresh, 'approval.asked', asked(1));
		const late = makeSituation({items: [makeItem(1)], state: open, config, nowMs: nowMs + hour});
		expect(did(late, 'settle')).toMatchObject([{approvalId: 'a-0001', answer: 'timeout'}]);
		expect(did({...late, nowMs: nowMs + hour - 1}, 'settle')).toEqual([]);
		const denied = fold(open, 'approval.settled', settled(1, {answer: 'denied', allowed: false, note: 'not now'}));
		expect(denied.approvals).toEqual([]);
		expect(denied.outcomes[idOf(1)]).toMatchObject({state: 'parked', why: 'not approved by you: not now'});
		const gone = fold(open, 'approval.settled', settled(1, {answer: 'timeout', allowed: false, by: 'pilot'}));
		expect(gone.outcomes[idOf(1)]?.why).toContain('not approved in time');
	});

	test('a question about what is done, gone or no longer supervised is withdrawn, but not before the file was read', () => {
		const state = fold(fresh, 'approval.asked', asked(1));
		const because = (more: Parameters<typeof makeSituation>[0]) =>
			did(makeSituation({state, config, ...more}), 'settle').map(action => action.do === 'settle' && action.why);
		expect(because({items: [makeItem(1)]})).toEqual([]);
		expect(because({items: [makeItem(1, 'done')]})).toEqual(['the mission is done now']);
		expect(because({})).toEqual(['the mission is no longer in missions.md']);
		expect(because({items: [makeItem(1)], config: {}})).toEqual(['missions no longer wait for approval']);
		expect(because({queueRead: false})).toEqual([]);
		const withdrawn = fold(state, 'approval.settled', settled(1, {answer: 'withdrawn', allowed: false}));
		expect([withdrawn.approvals, withdrawn.outcomes, withdrawn.approved]).toEqual([[], {}, {}]);
	});

	test('--until-idle waits for an answer, and for no proposal', () => {
		const parked = {items: [makeItem(1, 'parked')], untilIdle: true};
		const proposal = fold(fresh, 'approval.asked', asked(1, {kind: 'proposal', deadline: undefined}));
		expect(did(makeSituation({...parked, state: proposal}), 'end')).toHaveLength(1);
		const mission = fold(fresh, 'approval.asked', asked(1));
		expect(did(makeSituation({items: [makeItem(1)], untilIdle: true, state: mission, config}), 'end')).toEqual([]);
	});
});

test('a permission is withdrawn as soon as the session that asked is not the one that runs', () => {
	const working = runAt('session', fresh, makeMission(1));
	const sessionId = working.runs[idOf(1)]?.session?.id;
	const state = fold(working, 'approval.asked', asked(1, {kind: 'permission', attempt: 1, sessionId}));
	const items = [makeItem(1, 'in-progress')];
	expect(did(makeSituation({items, state}), 'settle')).toEqual([]);
	const cut = fold(state, 'step.interrupted', {missionId: idOf(1), attempt: 1, step: 'work'});
	expect(did(makeSituation({items, state: cut}), 'settle')).toMatchObject([{answer: 'withdrawn'}]);
	const other = fold(state, 'session.started', {
		...{missionId: idOf(1), attempt: 1, sessionId: 's-2', agent: 'claude', resumed: true},
	});
	expect(did(makeSituation({items, state: other}), 'settle')).toMatchObject([{answer: 'withdrawn'}]);
});

test('what a session asked for, and what came of it, is told with its run; of an earlier attempt nothing', () => {
	const ask = (attempt: number) => asked(1, {kind: 'permission', attempt, sessionId: 's-1', command: 'rm -rf build'});
	const end = settled(1, {kind: 'permission', answer: 'denied', allowed: false, note: 'no'});
	const working = runAt('session', fresh, makeMission(1));
	const told = fold(fold(working, 'approval.asked', ask(1)), 'approval.settled', end);
	expect(told.runs[idOf(1)]?.asked).toEqual([{what: 'rm -rf build', came: 'denied by you: no'}]);
	const late = fold(fold(working, 'approval.asked', ask(7)), 'approval.settled', end);
	expect(late.runs[idOf(1)]?.asked).toBeUndefined();
});

test('a proposal has no outcome any more once it is answered, and is withdrawn when the human has released it by hand', () => {
	const proposed = fold(fresh, 'mission.proposed', {missionId: idOf(1), title: 'x', description: '', by: '^m-000009'});
	const state = fold(proposed, 'approval.asked', asked(1, {kind: 'proposal', deadline: undefined}));
	expect(did(makeSituation({items: [makeItem(1, 'parked')], state, nowMs: nowMs + 1000 * hour}), 'settle')).toEqual([]);
	expect(did(makeSituation({items: [makeItem(1)], state}), 'settle')).toMatchObject([{answer: 'withdrawn'}]);
	const allowed = fold(state, 'approval.settled', settled(1, {kind: 'proposal'}));
	expect([allowed.outcomes, Object.keys(allowed.approved)]).toEqual([{}, [idOf(1)]]);
	expect(did(makeSituation({items: [makeItem(1)], state: allowed, config}), 'claim', 'ask')).toMatchObject([
		{do: 'claim'},
	]);
});

test('only a yes allows, or a deadline that was to', () => {
	const deny = asked(1);
	expect(
		(['once', 'session', 'denied', 'timeout', 'withdrawn'] as const).map(answer => isAllowed(deny, answer)),
	).toEqual([true, true, false, false, false]);
	expect(isAllowed({onTimeout: 'allow'}, 'timeout')).toBe(true);
});

test('what holds something up is looked at before what can wait', () => {
	const one = (askedAt: string, kind: Approval['kind']) => ({askedAt, kind});
	const all = [one('1', 'proposal'), one('2', 'mission'), one('4', 'permission'), one('3', 'permission')];
	expect(byUrgency(all).map(({askedAt}) => askedAt)).toEqual(['3', '4', '2', '1']);
});

test('a state of before there were approvals is read', () => {
	const {approvals: _none, approved: _neither, ...old} = fresh;
	expect(PilotState.parse(old)).toMatchObject({approvals: [], approved: {}});
});

test('what is hidden in a command is seen in it', () => {
	expect(visibleText('rm \u202e\u200bx\u0000\ty\nz 🚀 ü')).toBe('rm \\u{202e}\\u{200b}x\\u{0}\ty\nz 🚀 ü');
});
