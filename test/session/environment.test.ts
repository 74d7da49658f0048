import {expect, test} from 'vitest';
import {allowedEnvironment, trustedEnvironment} from '../../src/session/index.js';

const own = {
	...{PATH: '/bin', HOME: '/home/a', LC_TIME: 'C', SSH_AUTH_SOCK: '/run/agent'},
	...{
		TELEGRAM_BOT_TOKEN: '1:a',
		ANTHROPIC_API_KEY: 'sk',
		CLAUDE_CODE_X: '1',
		GITHUB_TOKEN: 'g',
		NODE_OPTIONS: '--inspect',
	},
};
const terminal = {TERM: 'xterm-256color', COLORTERM: 'truecolor'};

test('a session gets neither tokens nor the way to the human’s ssh keys', () => {
	expect(allowedEnvironment(own)).toEqual({PATH: '/bin', HOME: '/home/a', LC_TIME: 'C', ...terminal});
});

test('what the human wrote down to be run has their ssh keys, and no tokens', () => {
	expect(trustedEnvironment(own)).toEqual({...allowedEnvironment(own), SSH_AUTH_SOCK: '/run/agent'});
	expect(trustedEnvironment({PATH: '/bin'})).toEqual({PATH: '/bin', ...terminal});
});
