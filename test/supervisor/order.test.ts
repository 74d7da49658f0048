import {describe, expect, test} from 'vitest';
import {Command, type CommandInput} from '../../src/domain/command.js';
import {Config} from '../../src/domain/config.js';
import type {PilotEvent} from '../../src/domain/event.js';
import {reduce} from '../../src/domain/reduce/index.js';
import {initialState, type PilotState} from '../../src/domain/state.js';
import {type Edit, editQueue, parseQueue} from '../../src/queue/index.js';
import type {Context} from '../../src/supervisor/context.js';
import {obeyCommand} from '../../src/supervisor/obey.js';

const nowMs = Date.parse('2026-11-21T12:00:00Z');
const [a, b, c, d] = ['m-aaaaaa', 'm-bbbbbb', 'm-cccccc', 'm-dddddd'];

/** A pilot that holds its file in memory and folds its facts as the real one does. */
function aPilot(text: string, known: Partial<PilotState> = {}) {
	let bytes: Buffer = Buffer.from(text);
	let state: PilotState = {...initialState('h-this01'), ...known};
	const facts: string[] = [];
	const context = {
		workspace: '/nowhere',
		config: Config.parse({}),
		clock: {now: () => nowMs},
		log: {warn() {}},
		live: {running: () => [], byMission: () => undefined},
		machines: {others: []},
		stops: {stop() {}},
		randomId: () => 'm-fresh1',
		git: undefined,
		queueFile: {
			get queue() {
				return parseQueue(bytes);
			},
			edit(edits: readonly Edit[]) {
				bytes = editQueue(bytes, edits);
			},
		},
		store: {
			get state() {
				return state;
			},
			after: () => [],
			emit(type: string, data: object) {
				facts.push(type);
				state = reduce(state, {seq: state.seq + 1, at: new Date(nowMs).toISOString(), type, data} as PilotEvent);
			},
		},
	} as unknown as Context;
	const say = (command: CommandInput) => obeyCommand(context, Command.parse(command));
	return {
		say,
		facts,
		text: () => bytes.toString(),
		state: () => state,
		/** Ids in the order in which they will run. */
		order: () =>
			parseQueue(bytes)
				.items.filter(item => item.state === 'pending')
				.sort(
					(x, y) =>
						x.mission.priority - y.mission.priority ||
						(state.skipped[x.mission.id] ?? 0) - (state.skipped[y.mission.id] ?? 0) ||
						x.line - y.line,
				)
				.map(({mission}) => mission.id),
		async undo(command: CommandInput) {
			const {undo, ok} = await say(command);
			expect([ok, undo]).toEqual([true, expect.anything()]);
			return undo && say(undo);
		},
	};
}

const four = `## Pending\n- [ ] A ^${a}\n- [ ] B (high) ^${b}\n  below\n- [ ] C ^${c}\n- [ ] D ^${d}\n\n## Done\n`;

describe('move', () => {
	test.each([
		[c, 'up', [b, c, a, d]],
		[c, 'down', [b, a, d, c]],
		[d, 'top', [b, d, a, c]],
		[a, 'bottom', [b, c, d, a]],
	] as const)('%s %s, within its priority; and back to the very same file', async (id, to, wanted) => {
		const pilot = aPilot(four);
		expect(await pilot.say({type: 'mission.move', id, to})).toMatchObject({ok: true});
		expect(pilot.order()).toEqual(wanted);
		const other = aPilot(four);
		expect(await other.undo({type: 'mission.move', id, to})).toMatchObject({ok: true});
		expect(other.text()).toBe(four);
	});

	test('goes past one that was skipped, and takes its turn', async () => {
		const pilot = aPilot(four, {skipped: {[a]: 7}});
		expect(pilot.order()).toEqual([b, c, d, a]);
		await pilot.say({type: 'mission.move', id: d, to: 'down'});
		expect(pilot.order()).toEqual([b, c, a, d]);
		await pilot.say({type: 'mission.move', id: a, to: 'top'});
		expect(pilot.order()).toEqual([b, a, c, d]);
		expect(pilot.state().skipped).toEqual({[d]: 7});
	});

	test.each([
		[b, 'up', /is the first of those of high priority/],
		[d, 'down', /is the last of those of medium priority/],
		[a, 'top', /is the first of those of medium priority/],
		['m-zzzzzz', 'up', /There is no mission/],
	] as const)('%s %s is refused: %s', async (id, to, why) => {
		const pilot = aPilot(four);
		expect(await pilot.say({type: 'mission.move', id, to})).toMatchObject({ok: false, say: expect.stringMatching(why)});
		expect([pilot.text(), pilot.facts]).toEqual([four, []]);
	});

	test('what the file does not allow is refused, and not taken for done', async () => {
		const text = `## Pending\n   - [ ] A ^${a}\n- [ ] B ^${b}\n`;
		const pilot = aPilot(text);
		expect(await pilot.say({type: 'mission.move', id: a, to: 'down'})).toMatchObject({
			ok: false,
			say: expect.stringContaining('its neighbours would not stay what they are'),
		});
		expect([pilot.text(), pilot.facts]).toEqual([text, []]);
	});

	test('what has been taken, has ended, or has moved away is refused with why', async () => {
		const runs = {[c]: {missionId: c}} as unknown as PilotState['runs'];
		const taken = aPilot(four, {runs});
		expect(await taken.say({type: 'mission.move', id: c, to: 'up'})).toMatchObject({
			ok: false,
			say: expect.stringContaining('is running'),
		});
		const failed = aPilot(`${four.replace(`- [ ] D ^${d}`, '')}## Failed\n- [e] D ^${d}\n`);
		expect(await failed.say({type: 'mission.move', id: d, to: 'up'})).toMatchObject({
			ok: false,
			say: `^${d} is failed: only what waits can be moved.`,
		});
		const first = aPilot(four, {runs: {[a]: {missionId: a}} as unknown as PilotState['runs']});
		expect(await first.say({type: 'mission.move', id: c, to: 'up'})).toMatchObject({ok: false});
	});
});

test('priority: said in the file, and taken back', async () => {
	const pilot = aPilot(four);
	expect(await pilot.undo({type: 'mission.reprioritise', id: c, priority: 1})).toMatchObject({ok: true});
	expect(pilot.text()).toBe(four);
	await pilot.say({type: 'mission.reprioritise', id: c, priority: 1});
	expect(pilot.text()).toContain(`- [ ] C (critical) ^${c}`);
	expect(pilot.order()).toEqual([c, b, a, d]);
	expect(await pilot.say({type: 'mission.reprioritise', id: c, priority: 1})).toMatchObject({ok: false});
});

describe('taking back', () => {
	test('a skip: it has its turn again', async () => {
		const pilot = aPilot(four, {skipped: {[c]: 3}});
		expect(await pilot.undo({type: 'mission.skip', id: a})).toMatchObject({ok: true});
		expect(await pilot.undo({type: 'mission.skip', id: c})).toMatchObject({ok: true});
		expect(pilot.state().skipped).toEqual({[c]: 3});
	});

	test('a requeue: it has ended as before, with why', async () => {
		const text = `## Pending\n- [ ] A ^${a}\n\n## Done\n- [x] 2026-11-20 - B ^${b}\n`;
		const outcome = {
			state: 'done',
			why: '',
			summary: 'It greets.',
			at: '',
			attempt: 2,
			title: 'B',
			recorded: true,
		} as const;
		const pilot = aPilot(text, {outcomes: {[b]: outcome}, attempts: {[b]: 2}});
		expect(await pilot.undo({type: 'mission.requeue', id: b})).toMatchObject({ok: true});
		expect(pilot.text()).toBe(text);
		expect(pilot.state().outcomes[b]).toMatchObject({state: 'done', summary: 'It greets.', attempt: 2, recorded: true});
	});

	test.each(['pending', 'in-progress'])('nothing is put back to %s', state => {
		const to = {kind: 'state', state, why: ''};
		expect(Command.safeParse({type: 'mission.restore', id: a, to}).success).toBe(false);
	});

	test('an addition, while nobody has begun it', async () => {
		const pilot = aPilot(four);
		expect(await pilot.undo({type: 'mission.add', title: 'New'})).toMatchObject({ok: true});
		expect(pilot.text()).toBe(four);
		const {undo} = await pilot.say({type: 'mission.add', title: 'New'});
		expect(undo).toMatchObject({to: {kind: 'gone'}});
		const begun = aPilot(pilot.text(), {attempts: {'m-fresh1': 1}});
		expect(undo && (await begun.say(undo))).toMatchObject({ok: false, say: '^m-fresh1 has been worked on.'});
		const taken = aPilot(pilot.text(), {runs: {'m-fresh1': {}} as unknown as PilotState['runs']});
		expect(undo && (await taken.say(undo))).toMatchObject({ok: false, say: expect.stringContaining('is running')});
		expect(taken.text()).toContain('New');
	});
});

test('a mission is added after others that are there; one that is not, and a template that is not, are refused', async () => {
	const pilot = aPilot(`## Pending\n- [ ] One ^${a}\n`, {});
	expect(await pilot.say({type: 'mission.add', title: 'Two', after: [`^${a}`], template: 'audit'})).toMatchObject({
		ok: true,
	});
	expect(pilot.text()).toContain(`- [ ] Two @audit after:^${a} from:cli ^m-fresh1`);
	expect(await pilot.say({type: 'mission.add', title: 'X', after: [b]})).toMatchObject({code: 'MISSION_UNKNOWN'});
	expect(await pilot.say({type: 'mission.add', title: 'X', template: 'nope'})).toMatchObject({
		code: 'TEMPLATE_UNKNOWN',
	});
	expect(pilot.text()).not.toContain('X');
});

test('attributes at the end of a title count where a human typed it at this machine; elsewhere they are text', async () => {
	const pilot = aPilot('## Pending\n', {});
	const title = 'Mend it (high) access:write';
	const stranger = await pilot.say({type: 'mission.add', title, source: 'telegram:1'});
	expect(stranger).toMatchObject({ok: true, say: 'Added as ^m-fresh1.'});
	expect(pilot.text()).toContain('- [ ] Mend it (high) \\access:write from:telegram ^m-fresh1');
	const here = aPilot('## Pending\n', {});
	expect(await here.say({type: 'mission.add', title, source: 'dashboard', isTyped: true})).toMatchObject({
		say: 'Added as ^m-fresh1: Mend it (high) access:write',
	});
	expect(here.text()).toContain('- [ ] Mend it (high) access:write from:dashboard');
	await expect(here.say({type: 'mission.add', title: 'X access:all', isTyped: true})).rejects.toMatchObject({
		code: 'TITLE_UNREADABLE',
	});
	expect(here.text()).not.toContain('X');
});
