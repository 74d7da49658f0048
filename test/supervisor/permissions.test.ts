import {expect, test} from 'vitest';
import type {PermissionRequest} from '../../src/control/index.js';
import type {OpenApproval} from '../../src/domain/approval.js';
import {Config} from '../../src/domain/config.js';
import type {DataOf, PilotEvent} from '../../src/domain/event.js';
import {reduce} from '../../src/domain/reduce/index.js';
import {initialState, type PilotState} from '../../src/domain/state.js';
import {createRedactor} from '../../src/kernel/redact.js';
import type {LiveSession} from '../../src/supervisor/live.js';
import {createPermissions} from '../../src/supervisor/permissions.js';

/** A pilot whose sessions ask, with a hand that answers. */
function asking({permissions = 'always', watched = true, isFull = false} = {}) {
	let state: PilotState = initialState('a1');
	const listeners = new Set<(fact: PilotEvent) => void>();
	const emit = (type: string, data: object) => {
		if (isFull) throw new Error('No space left on device');
		const fact = {seq: state.seq + 1, at: new Date(state.seq).toISOString(), type, data} as PilotEvent;
		state = reduce(state, fact);
		for (const listener of [...listeners]) listener(fact);
	};
	let ids = 0;
	const store = {
		emit,
		get state() {
			return state;
		},
		onFact(listener: (fact: PilotEvent) => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	const deps = {
		store,
		clock: {now: () => Date.parse('2026-03-10T12:00:00Z')},
		config: Config.parse({approvals: {permissions}}),
		redact: createRedactor(['hush-hush-secret']),
		randomId: () => `a-${String(++ids).padStart(4, '0')}`,
		log: {error: () => {}},
	};
	const asked = createPermissions(deps as unknown as Parameters<typeof createPermissions>[0], () => watched);
	const {arrived} = asked;
	const holds: string[] = [];
	const session = (id = 's-1') =>
		({
			...{id, missionId: 'm-000001', attempt: 1},
			session: {
				hold(why: string) {
					holds.push(why);
					return () => holds.splice(holds.indexOf(why), 1);
				},
			},
		}) as unknown as LiveSession;
	const gone = new AbortController();
	return {
		emit,
		arrived,
		holds,
		gone,
		open: (): readonly OpenApproval[] => state.approvals,
		ask: (input: object, {tool = 'Bash', id = 's-1'} = {}) =>
			asked.ask(session(id), {tool, input} as PermissionRequest, gone.signal),
		answer(answer: DataOf<'approval.settled'>['answer'], more: object = {}) {
			const {approvalId, kind, missionId, what} = state.approvals[0] as OpenApproval;
			const allowed = answer === 'once' || answer === 'session';
			emit('approval.settled', {approvalId, kind, missionId, what, answer, allowed, by: 'you', ...more});
		},
	};
}

test('a yes gives the tool its own input back; the session is held until then', async () => {
	const {ask, answer, open, holds} = asking();
	const answered = ask({command: 'rm -rf build', description: 'Tidy', timeout: 5});
	expect(holds).toEqual(['asks you to run: rm -rf build (a-0001)']);
	expect(open()[0]).toMatchObject({
		command: 'rm -rf build\n\nwith {"timeout":5}',
		why: 'It says: Tidy',
		deadline: '2026-03-10T13:00:00.000Z',
		onTimeout: 'deny',
	});
	answer('once');
	expect(await answered).toEqual({
		behavior: 'allow',
		updatedInput: {command: 'rm -rf build', description: 'Tidy', timeout: 5},
	});
	expect(holds).toEqual([]);
});

test('what is shown has no secret and hides nothing: not by what is unseen, not by length', async () => {
	const {ask, open} = asking();
	void ask({command: `curl -H hush-hush-secret x\u202e\u200b; ${'x'.repeat(20_000)}`, description: 'a\nb\u001b[2J'});
	const [shown] = open();
	expect(shown?.command).toContain('curl -H [secret] x\\u{202e}\\u{200b};');
	expect(shown?.command).toHaveLength(8000);
	expect(shown?.consequences).toMatch(/^ONLY THE FIRST 8000 of \d+ characters are shown\./);
	expect(shown?.why).toBe('It says: a b\\u{1b}[2J');
	void ask({command: 'ls', dangerouslyDisableSandbox: true});
	expect(open()[1]?.consequences).toContain('OUTSIDE of the sandbox');
	expect(open()[1]?.command).toContain('dangerouslyDisableSandbox');
});

test.each([
	['the same command', {command: 'make'}, {command: 'make', description: 'again'}, 'Bash', true],
	['another command', {command: 'make'}, {command: 'make install'}, 'Bash', false],
	['the same, past the sandbox', {command: 'make'}, {command: 'make', dangerouslyDisableSandbox: true}, 'Bash', false],
	['the same file', {file_path: '/a', content: '1'}, {file_path: '/a', content: '2'}, 'Write', true],
	['another file', {file_path: '/a', content: '1'}, {file_path: '/b', content: '1'}, 'Write', false],
	['the same host', {url: 'https://a.org/1', prompt: 'x'}, {url: 'https://a.org/2', prompt: 'y'}, 'WebFetch', true],
	['another host', {url: 'https://a.org/1'}, {url: 'https://a.org.evil/1'}, 'WebFetch', false],
	['other words for an unknown tool', {a: 1}, {a: 2}, 'mcp__x__y', false],
])('a yes for the session: %s', async (_what, first, second, tool, isCovered) => {
	const {ask, answer, open} = asking();
	const answered = ask(first, {tool});
	answer('session');
	await answered;
	const again = ask(second, {tool});
	expect(open()).toHaveLength(isCovered ? 0 : 1);
	if (isCovered) expect((await again).behavior).toBe('allow');
	void ask(first, {tool, id: 's-2'});
	expect(open()).toHaveLength(isCovered ? 1 : 2);
});

test('what asked is gone: withdrawn, once', async () => {
	const {ask, open, gone} = asking();
	const answered = ask({command: 'ls'});
	gone.abort();
	expect(await answered).toEqual({behavior: 'deny', message: 'This session is ending.'});
	expect(open()).toEqual([]);
	expect(await ask({command: 'ls'})).toMatchObject({behavior: 'deny'});
	expect(open()).toEqual([]);
});

test('a session cannot flood: so many open at a time, so many in its life', async () => {
	const {ask, answer, open} = asking();
	for (let n = 0; n < 10; n++) void ask({command: `ls ${n}`});
	expect(open()).toHaveLength(5);
	expect(await ask({command: 'more'})).toMatchObject({message: expect.stringContaining('asked for too much')});
	while (open().length > 0) answer('denied');
	for (let n = 0; n < 120; n++) {
		const answered = ask({command: `ls ${n}`});
		if (open().length > 0) answer('denied');
		await answered;
	}
	void ask({command: 'one more'});
	expect(open()).toEqual([]);
	void ask({command: 'of another'}, {id: 's-2'});
	expect(open()).toHaveLength(1);
});

test('watched: nobody there is a no; one question without an answer is enough, until a human answers again', async () => {
	expect(await asking({permissions: 'watched', watched: false}).ask({command: 'ls'})).toMatchObject({behavior: 'deny'});
	const {ask, answer, open} = asking({permissions: 'watched'});
	const first = ask({command: 'ls'});
	const other = ask({command: 'cat'});
	answer('timeout', {by: 'pilot'});
	expect(await first).toMatchObject({message: expect.stringContaining('Nobody answered in time.')});
	expect(await ask({command: 'pwd'})).toMatchObject({message: expect.stringMatching(/^Nobody is there/)});
	answer('denied', {note: 'No.'});
	expect(await other).toEqual({behavior: 'deny', message: 'Denied by the human: No.\nGo on without it.'});
	void ask({command: 'pwd'});
	expect(open()).toHaveLength(1);
});

test('watched: whoever opens a dashboard or writes to the bot is there again', async () => {
	for (const comes of ['arrived', 'writes'] as const) {
		const {ask, answer, open, arrived, emit} = asking({permissions: 'watched'});
		const first = ask({command: 'ls'});
		answer('timeout', {by: 'pilot'});
		await first;
		expect(await ask({command: 'pwd'})).toMatchObject({behavior: 'deny'});
		if (comes === 'arrived') arrived();
		else emit('reach.taken', {updateId: 7});
		void ask({command: 'pwd'});
		expect(open()).toHaveLength(1);
	}
});

test('never: a no at once; a question that cannot be written down: a no as well', async () => {
	for (const options of [{permissions: 'never'}, {isFull: true}]) {
		const {ask, open, holds} = asking(options);
		expect(await ask({command: 'ls'})).toMatchObject({behavior: 'deny'});
		expect([open(), holds]).toEqual([[], []]);
	}
});
