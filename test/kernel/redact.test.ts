import {existsSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {createLogger} from '../../src/kernel/logger.js';
import {createRedactor} from '../../src/kernel/redact.js';
import {scratch} from '../support/workspace.js';

const secret = 'p@ss/w"ord+1\\x';
const redact = createRedactor([secret, 'short', 'TELEGRAM-VALUE-1']);

describe('known values', () => {
	test.each([
		['plain', secret],
		['base64', Buffer.from(secret).toString('base64')],
		['URL-encoded', encodeURIComponent(secret)],
		['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
	])('%s', (_name, form) => {
		expect(redact(`a ${form} b ${form}${form}`)).toBe('a [secret] b [secret][secret]');
	});

	test('a value that holds another one goes whole; short ones are left alone', () => {
		const both = createRedactor(['abcdefgh', 'abcdefghij']);
		expect(both('abcdefghij')).toBe('[secret]');
		expect(redact('short')).toBe('short');
	});

	test('no secrets, nothing changes', () => {
		expect(createRedactor([])('plain text')).toBe('plain text');
	});
});

describe('shapes', () => {
	test.each([
		`sk-ant-api03-${'a'.repeat(40)}`,
		`ghp_${'A1'.repeat(18)}`,
		`github_pat_${'a_'.repeat(30)}`,
		'xoxb-123456789012-abcdef',
		`lin_api_${'x'.repeat(30)}`,
		'AKIAABCDEFGHIJKLMNOP',
		`123456789:${'A'.repeat(35)}`,
		'-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
	])('%s', text => {
		expect(redact(`x ${text} y`)).toBe('x [secret] y');
	});

	test.each([
		'da39a3ee5e6b4b0d3255bfef95601890afd80709',
		'123e4567-e89b-12d3-a456-426614174000',
		'https://example.com/a?b=c',
		'2026-03-10T12:00:00.000Z',
	])('%s is none', text => {
		expect(redact(text)).toBe(text);
	});
});

test('the log is JSON by line, for its owner alone, without secrets; debug only when asked', () => {
	using folder = scratch();
	const file = path.join(folder.dir, 'logs', 'pilot.log');
	const log = createLogger(file, redact, false);
	log.info('hello', {token: secret});
	log.debug('unseen');
	log.warn('careful');
	const lines = readFileSync(file, 'utf8').trim().split('\n');
	expect(lines.map(line => JSON.parse(line))).toMatchObject([{msg: 'hello', token: '[secret]'}, {msg: 'careful'}]);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	createLogger(file, redact, true).debug('seen');
	expect(readFileSync(file, 'utf8')).toContain('seen');
});

test('a log that is full begins anew, the old one beside it', () => {
	using folder = scratch();
	const file = path.join(folder.dir, 'pilot.log');
	const log = createLogger(file, text => text, false);
	for (let n = 0; n < 12; n++) log.info('x'.repeat(1_000_000));
	log.info('last');
	expect(existsSync(`${file}.1`)).toBe(true);
	expect(statSync(`${file}.1`).size).toBeLessThan(11_000_000);
	expect(readFileSync(file, 'utf8')).toContain('"last"');
	expect(statSync(file).size).toBeLessThan(4_000_000);
});
