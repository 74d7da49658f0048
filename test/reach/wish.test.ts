import {expect, test} from 'vitest';
import {wishOf} from '../../src/reach/wish.js';

test.each([
	'Current session: 23% used · resets Nov 20, 1:10pm (Europe/Paris)',
	'Current week (all models) ██████▌ 13% used Resets Apr 10 at 7am (America/Los_Angeles)',
	'Plan usage limits\n\nCurrent session\n2% used\nResets in 3 hr 43 min\n\nWeekly limits\nAll models: 59% used (Resets Thu 10:59 PM)',
])('a pasted usage screen is read as such: %s', text => {
	expect(wishOf(text, 'pilot_bot')).toEqual({kind: 'do', command: {type: 'usage.paste', text}});
	expect(wishOf(`/usage\n${text}`, 'pilot_bot')).toEqual({kind: 'do', command: {type: 'usage.paste', text}});
});

test.each([
	'Make the disk gauge say 90% used instead of 90 %',
	'Show the current session in the header',
	'/etc/hosts is wrong in the image, fix it',
	'50% used coupons must expire',
])('a text that only resembles a command is a mission: %s', text => {
	expect(wishOf(text, 'pilot_bot')).toEqual({kind: 'add', title: text, description: ''});
});

test('a first line that is too long for a title is cut at a word, and the description keeps all of it', () => {
	const text = `${'Please fix 🚀 '.repeat(40)}\nnow`;
	const wish = wishOf(text, 'pilot_bot');
	if (wish.kind !== 'add') throw new Error(`not a mission: ${wish.kind}`);
	expect(wish.title.length).toBeLessThanOrEqual(200);
	expect(wish.title.isWellFormed()).toBe(true);
	expect(wish.title.endsWith('…')).toBe(true);
	expect(wish.description).toBe(text);
});

test.each([
	['/stop@pilot_bot', {kind: 'do', command: {type: 'pilot.stop', by: 'telegram'}}],
	['/Stop@Pilot_Bot M-1A2B3C', {kind: 'do', command: {type: 'session.stop', id: 'm-1a2b3c', by: 'telegram'}}],
	['/stop@other_bot', {kind: 'none'}],
	['/approve A-4K2P', {kind: 'do', command: {type: 'approval.allow', id: 'a-4k2p', scope: 'once', by: 'telegram'}}],
	[
		'/approve a-4k2p session',
		{kind: 'do', command: {type: 'approval.allow', id: 'a-4k2p', scope: 'session', by: 'telegram'}},
	],
	[
		'/deny a-4k2p too\nrisky',
		{kind: 'do', command: {type: 'approval.deny', id: 'a-4k2p', note: 'too\nrisky', by: 'telegram'}},
	],
	['/deny a-4k2p', {kind: 'do', command: {type: 'approval.deny', id: 'a-4k2p', by: 'telegram'}}],
	['/approve_4k2p', {kind: 'do', command: {type: 'approval.allow', id: 'a-4k2p', scope: 'once', by: 'telegram'}}],
	[
		'/approve_4k2p@pilot_bot session',
		{kind: 'do', command: {type: 'approval.allow', id: 'a-4k2p', scope: 'session', by: 'telegram'}},
	],
	['/deny_4k2p@other_bot', {kind: 'none'}],
	['/deny_4k2p_x', {kind: 'add', title: '/deny_4k2p_x', description: ''}],
	['/approve', {kind: 'show', what: 'asked'}],
	[
		'/approve all',
		{kind: 'unclear', say: 'What of? Write it like this: /approve a-4k2p (/approve alone shows what is asked).'},
	],
	['/constructor', {kind: 'unclear', say: '/constructor is not something I know. /help lists what is.'}],
	[
		'/stop everything',
		{kind: 'unclear', say: 'Which mission? Write it like this: /stop m-abc123 (/queue shows the ids).'},
	],
])('%s', (text, wish) => expect(wishOf(text, 'pilot_bot')).toEqual(wish));
