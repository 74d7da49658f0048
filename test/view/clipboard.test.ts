import {expect, test} from 'vitest';
import {keepCopy} from '../../src/app/clipboard.js';
import type {Run} from '../../src/kernel/spawn.js';
import {createViewStore} from '../../src/view/store.js';

/** Copies a text, and gives what the terminal got, what tmux got, and what was said. */
async function copied(text: string, env: Record<string, string> = {}, exitCode = 0) {
	const store = createViewStore({workspace: 'w', colour: true, nowMs: 0});
	const written: string[] = [];
	const given: unknown[] = [];
	const run: Run = async (file, args, {input, env: own}) => {
		given.push([file, ...args, input, Object.keys(own).join()]);
		return {exitCode, stdout: '', stderr: '', timedOut: false, durationMs: 1};
	};
	await keepCopy({
		message: {type: 'text', sessionId: 's-1', to: 'clipboard', text},
		write: more => written.push(more) > 0,
		...{store, run, env, pilotDir: '/nowhere'},
	});
	return {written, given, said: store.getState().screen.message?.text};
}

test('the terminal gets it by OSC 52, and it is said how much', async () => {
	expect(await copied('日本 \u{1f642}')).toEqual({
		written: [`\u001b]52;c;${Buffer.from('日本 \u{1f642}').toString('base64')}\u0007`],
		given: [],
		said: '4 characters copied, where the terminal allows it (OSC 52).',
	});
	expect((await copied('x')).said).toMatch(/^1 character copied/);
	expect((await copied('x\ny')).said).toMatch(/^2 lines copied/);
});

test('inside tmux, tmux gets it, however long it is', async () => {
	const text = 'x'.repeat(100_000);
	expect(await copied(text, {TMUX: '/tmp/socket,1,0', TMUX_PANE: '%1', PATH: '/bin', SECRET: 'no'})).toEqual({
		written: [],
		given: [['tmux', 'load-buffer', '-w', '-', text, 'TMUX,TMUX_PANE,PATH']],
		said: '100000 characters copied, by way of tmux.',
	});
});

test('a tmux that does not take it is a terminal like others', async () => {
	const {written, said} = await copied('x', {TMUX: '/tmp/gone,1,0'}, 1);
	expect(written).toHaveLength(1);
	expect(said).toMatch(/OSC 52/);
});

test('what is too long says what to do, and nothing is no copy', async () => {
	expect(await copied('x'.repeat(100_000))).toMatchObject({written: [], said: expect.stringContaining('s saves')});
	expect(await copied(' \n ')).toMatchObject({written: [], said: 'Nothing stands there that could be copied.'});
});
