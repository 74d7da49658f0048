import {type Context, Hono} from 'hono';
import {bodyLimit} from 'hono/body-limit';
import {answerMcp} from './mcp.js';
import {answerFault, type ControlDeps} from './routes.js';

const largestBody = 1_000_000;

/** A hook carries what its tool gave, which may be a whole file. */
const largestHook = 16_000_000;

const tokenOf = (context: Context) => /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';

/** A page in a browser could reach loopback too; it cannot leave out its Origin, nor choose its Host. */
const isLocal = (context: Context) =>
	context.req.header('origin') === undefined &&
	/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(context.req.header('host') ?? '');

/** The sessions' side, on loopback: the report channel and the hooks, each opened by its session's own token and nothing else. */
export function sessionRoutes({channel, version, warn}: Pick<ControlDeps, 'channel' | 'version' | 'warn'>): Hono {
	const app = new Hono();
	app.onError(answerFault({warn}));
	app.use(async (context, next) => {
		if (!isLocal(context) || !channel.knows(tokenOf(context))) return context.json({error: 'unauthorized'}, 401);
		await next();
		return;
	});
	app.use('/mcp', bodyLimit({maxSize: largestBody, onError: context => context.json({error: 'too large'}, 413)}));
	// No answer is an answer: a hook that was refused would stand as an error on the session's screen.
	app.use('/hooks/*', bodyLimit({maxSize: largestHook, onError: context => context.json({})}));
	app.post('/mcp', context => answerMcp(context.req.raw, tokenOf(context), channel, version));
	// Stateless: there is no stream to open and no session to delete.
	app.on(['GET', 'DELETE'], '/mcp', context =>
		context.json({jsonrpc: '2.0', error: {code: -32_000, message: 'Method not allowed.'}, id: null}, 405),
	);
	app.post('/hooks/stop', async context => {
		const body = (await context.req.json().catch(() => ({}))) as {stop_hook_active?: unknown};
		const reason = channel.atStop(tokenOf(context), body.stop_hook_active === true);
		return context.json(reason === undefined ? {} : {decision: 'block', reason});
	});
	app.post('/hooks/:event', async context => {
		const body: unknown = await context.req.json().catch(() => ({}));
		return context.json(channel.hook(tokenOf(context), context.req.param('event'), body) as object);
	});
	return app;
}
