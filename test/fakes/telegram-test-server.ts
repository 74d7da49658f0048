import {once} from 'node:events';
import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {TelegramServer} from 'telegram-test-api/lib/telegramServer.js';

/** telegram-test-api 4.2.1 answers getUpdates at once even when there is nothing: 2504 polls a second without this pause. */
const pollPauseMs = 200;

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	await new Promise(resolve => server.close(resolve));
	return port;
}

async function forward(url: string, body: string, response: ServerResponse) {
	if (url.endsWith('/getUpdates')) await new Promise(resolve => setTimeout(resolve, pollPauseMs));
	const answer = await fetch(url, {method: 'POST', body, headers: {'content-type': 'application/json'}});
	response.writeHead(answer.status, {'content-type': 'application/json'}).end(await answer.text());
}

/**
 * A Bot API server written by others (telegram-test-api), behind a door that slows its polls down and knows the one method it
 * lacks. Its clients write as humans do.
 */
export async function startTelegramTestServer() {
	const server = new TelegramServer({port: await freePort(), host: '127.0.0.1'});
	await server.start();
	const door = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		if (request.url?.endsWith('/getWebhookInfo')) return void response.end('{"ok":true,"result":{"url":""}}');
		await forward(`${server.config.apiURL}${request.url}`, body, response).catch(() => response.destroy());
	}).listen(0, '127.0.0.1');
	await once(door, 'listening');
	return {
		url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
		clientOf: (token: string, chatId: number) =>
			server.getClient(token, {chatId, userId: chatId, timeout: 5000, interval: 20}),
		async [Symbol.asyncDispose]() {
			door.closeAllConnections();
			door.close();
			await server.stop();
		},
	};
}
