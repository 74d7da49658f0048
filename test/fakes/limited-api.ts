import http from 'node:http';
import type {AddressInfo} from 'node:net';

export interface LimitedApi {
	readonly url: string;
	readonly refusals: () => number;
	/** From now on every call is refused until then, as at the end of a 5-hour window. */
	refuseUntil(ms: number): void;
	/** From now on every call of a model uses so much more of the 5-hour window, percent points. */
	useEach(points: number): void;
	stop(): void;
}

const seconds = (ms: number) => String(Math.ceil(ms / 1000));

/** The headers by which a subscription learns its windows, as claude 2.1.328 reads them. */
const windows = (status: string, used: number, resetsMs: number) => ({
	'anthropic-ratelimit-unified-status': status,
	'anthropic-ratelimit-unified-reset': seconds(resetsMs),
	'anthropic-ratelimit-unified-representative-claim': 'five_hour',
	'anthropic-ratelimit-unified-overage-status': 'rejected',
	'anthropic-ratelimit-unified-5h-status': status,
	'anthropic-ratelimit-unified-5h-utilization': String(used),
	'anthropic-ratelimit-unified-5h-reset': seconds(resetsMs),
	'anthropic-ratelimit-unified-7d-status': 'allowed',
	'anthropic-ratelimit-unified-7d-utilization': '0.42',
	'anthropic-ratelimit-unified-7d-reset': seconds(Date.now() + 200_000_000),
});

/** A door before another API that adds a subscription's windows, and refuses while they are used up. */
export async function startLimitedApi(behind: string): Promise<LimitedApi> {
	let untilMs = 0;
	let refusals = 0;
	let usedPercent = 23;
	let eachPercent = 0;
	const resetsMs = Date.now() + 9_000_000;
	const goal = new URL(behind);
	const server = http.createServer((request, response) => {
		if (request.method === 'POST' && Date.now() < untilMs) {
			refusals++;
			response.writeHead(429, {'content-type': 'application/json', ...windows('rejected', 1, untilMs)});
			response.end(
				JSON.stringify({
					type: 'error',
					error: {type: 'rate_limit_error', message: 'This request would exceed your rate limit.'},
				}),
			);
			request.resume();
			return;
		}
		if (request.method === 'POST') usedPercent += eachPercent;
		const onward = http.request(
			{host: goal.hostname, port: goal.port, method: request.method, path: request.url, headers: request.headers},
			answer => {
				response.writeHead(answer.statusCode ?? 500, {
					...answer.headers,
					...windows('allowed', usedPercent / 100, resetsMs),
				});
				answer.pipe(response);
			},
		);
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		refusals: () => refusals,
		refuseUntil: ms => {
			untilMs = ms;
		},
		useEach: points => {
			eachPercent = points;
		},
		stop: () => server.close(),
	};
}
