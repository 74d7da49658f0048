import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {openPaneLine, piecesOf} from '../../src/app/pane-line.js';
import type {PaneSource} from '../../src/control/panes.js';
import type {ControlDeps} from '../../src/control/routes.js';
import {openControl} from '../../src/control/server.js';
import {socketPath} from '../../src/control/socket-path.js';
import {scratch} from '../support/workspace.js';

/** A line to a pane that keeps what is typed into it. */
async function rig() {
	const place = scratch();
	onTestFinished(() => place[Symbol.dispose]());
	const pilotDir = path.join(place.dir, '.pilot');
	mkdirSync(pilotDir, {mode: 0o700});
	const env = {XDG_RUNTIME_DIR: place.dir};
	const typed: string[] = [];
	const panes: PaneSource = {
		watch: () => ({
			ask(request) {
				if (request.type === 'keys') typed.push(request.text);
				return undefined;
			},
			end() {},
		}),
	};
	// Panes ask nothing of the pilot itself.
	const server = await openControl(pilotDir, env, {} as ControlDeps, panes);
	onTestFinished(() => server?.close());
	const opened = Promise.withResolvers<void>();
	const line = openPaneLine({socketFile: socketPath(pilotDir, env), heard() {}, opened: opened.resolve});
	onTestFinished(() => line.close());
	await opened.promise;
	line.watch('s-1', {x: 0, y: 0, cols: 80, rows: 24});
	return {line, typed};
}

test.each([
	['quotes', '"'.repeat(1_200_000)],
	['control characters', '\u0001'.repeat(1_200_000)],
	['characters of two units each', `x${'😀'.repeat(100_000)}`],
])('a paste of %s arrives whole, in order, in pieces that no program chokes on', async (_name, content) => {
	const {line, typed} = await rig();
	const text = `\u001b[200~${content}\u001b[201~`;
	line.ask({type: 'keys', sessionId: 's-1', text});
	line.ask({type: 'keys', sessionId: 's-1', text: 'after'});
	await vi.waitUntil(() => typed.at(-1) === 'after', {timeout: 10_000});
	// Not toBe: a difference of a million characters would be drawn.
	expect(typed.join('') === `${text}after`).toBe(true);
	expect(Math.max(...typed.map(piece => Buffer.byteLength(piece)))).toBeLessThanOrEqual(32_768);
});

test('no piece is empty, and half a pair that came alone is no trouble', () => {
	expect(piecesOf('')).toEqual([]);
	const lone = '\ud83d'.repeat(10_001);
	expect(piecesOf(lone).join('') === lone).toBe(true);
});
