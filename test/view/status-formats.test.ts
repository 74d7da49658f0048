import {expect, test} from 'vitest';
import {promptText, tmuxLine} from '../../src/view/status-formats.js';
import {aMission, aNight, aStatus, nowMs} from './a-status.js';

test('tmux gets styles, and nothing of what a mission is called is one', () => {
	expect(tmuxLine(aNight(), nowMs, 50)).toBe(
		'#[fg=green]▶ running#[default]  #[fg=red,bold]■ 1 blocked#[default]  #[fg=yellow]? 1 unproven#[default]  #[fg=red,bold]✗ 1 failed#[default]',
	);
	const title = '#(touch /tmp/x) #[fg=red]';
	const missions = [aMission('m-1', {title, state: 'in-progress'})];
	expect(tmuxLine(aStatus({missions}), nowMs, 200)).toContain('now: ##(touch /tmp/x) ##[fg=red]');
	expect(tmuxLine(undefined, nowMs, 80)).toBe('#[dim]no pilot#[default]');
});

test.each([1, 5, 20, 40, 80])('a line of tmux is never wider than %i cells', width => {
	const bare = tmuxLine(aNight(), nowMs, width).replaceAll(/#\[[^\]]*\]/g, '');
	expect(bare.length).toBeLessThanOrEqual(width);
	expect(bare).not.toBe('');
});

test('a prompt gets a few cells, and nothing without a pilot', () => {
	expect(promptText(aNight())).toBe('▶1 !3');
	expect(promptText(aStatus())).toBe('▶');
	expect(promptText(aStatus({state: 'paused', missions: [aMission('m-1', {state: 'parked'})]}))).toBe('‖ !1');
	expect(promptText(undefined)).toBe('');
});
