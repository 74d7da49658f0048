import {once} from 'node:events';
import net, {type AddressInfo} from 'node:net';
import {PassThrough} from 'node:stream';
import {expect, onTestFinished, test, vi} from 'vitest';
import {readTogether} from '../../src/kernel/read-together.js';

/** Two ends of one connection. */
async function pair() {
	const server = net.createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const near = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
	const [far] = (await once(server, 'connection')) as [net.Socket];
	await once(near, 'connect');
	onTestFinished(() => {
		near.destroy();
		far.destroy();
		server.close();
	});
	return {near, far};
}

test('this Node can do it; what was handed out stays as it was while more is read, and nothing is lost at the end', async () => {
	const [one, two] = [await pair(), await pair()];
	const heard: Buffer[] = [];
	const other: Buffer[] = [];
	// As node-pty does, before anybody may choose.
	one.near.on('data', () => expect.fail('read in the ordinary way'));
	expect(readTogether(one.near, bytes => heard.push(bytes))).toBe(true);
	expect(readTogether(two.near, bytes => other.push(bytes))).toBe(true);
	two.near.resume();
	const long = Buffer.from(Array.from({length: 300_000}, (_, n) => n % 251));
	one.far.write(long);
	two.far.end('other');
	await vi.waitUntil(() => Buffer.concat(heard).length === long.length);
	one.far.end('last');
	await once(one.near, 'close');
	expect(Buffer.concat(heard).equals(Buffer.concat([long, Buffer.from('last')]))).toBe(true);
	expect(Buffer.concat(other).toString()).toBe('other');
});

test('one that is paused reads nothing until it goes on', async () => {
	const {near, far} = await pair();
	const heard: Buffer[] = [];
	near.on('data', () => {});
	readTogether(near, bytes => heard.push(bytes));
	near.pause();
	far.write('x');
	await new Promise(resolve => setTimeout(resolve, 50));
	expect(heard).toEqual([]);
	near.resume();
	await vi.waitUntil(() => heard.length === 1);
});

test('what is no socket is left alone', () => {
	expect(readTogether(new PassThrough(), () => {})).toBe(false);
});
