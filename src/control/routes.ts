import {type Context, Hono} from 'hono';
import {bodyLimit} from 'hono/body-limit';
import {type Answer, Command} from '../domain/command.js';
import type {PilotEvent} from '../domain/event.js';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import type {RanCommand} from '../domain/ran-command.js';
import type {ReportChannel} from './channel.js';
import {type FactSource, streamFacts} from './fact-stream.js';

/** Raised when an older dashboard or CLI could not understand this one. */
export const protocolVersion = 1;

export interface ControlDeps extends FactSource {
	readonly version: string;
	/** Newest facts last. */
	recent(count: number): readonly PilotEvent[];
	/** What was run lately, oldest first. */
	commands(): readonly RanCommand[];
	command(command: Command): Promise<Answer>;
	readonly channel: ReportChannel;
	/** A line for the log. */
	warn(line: string): void;
	/** Others could reach the control socket; at most once an hour. */
	exposed(what: string): void;
}

const refusal = (error: unknown): Answer =>
	error instanceof PilotError
		? {ok: false, say: error.message, todo: error.todo, code: error.code}
		: {ok: false, say: messageOf(error), code: 'INTERNAL'};

/** Who has hung up in the middle of a request wants no answer; what else went wrong is for the log, and never for the terminal. */
export const answerFault =
	({warn}: Pick<ControlDeps, 'warn'>) =>
	(error: Error & {code?: string}, context: Context) => {
		if (error.code !== 'ECONNRESET') warn(`${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`);
		return context.json(refusal(error), 500);
	};

async function obey(context: Context, deps: ControlDeps) {
	const parsed = Command.safeParse(await context.req.json().catch(() => undefined));
	if (!parsed.success)
		return context.json(
			{
				ok: false,
				say: parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '),
				code: 'COMMAND_INVALID',
			},
			400,
		);
	try {
		return context.json(await deps.command(parsed.data));
	} catch (error) {
		return context.json(refusal(error), error instanceof PilotError ? 409 : 500);
	}
}

/** How many facts are asked for: 50 unless said, 1000 at most, and never "all" by mistake. */
const tailOf = (text: string | undefined) => Math.max(1, Math.min(1000, Math.floor(Number(text ?? 50)) || 50));

const largestCommand = 1_000_000;
const tooLarge = (context: Context) =>
	context.json({ok: false, say: 'The command is too large.', code: 'COMMAND_INVALID'}, 413);

/** The human's side: everything, for whoever may open the socket, which is the workspace's owner alone. */
export function humanRoutes(deps: ControlDeps): Hono {
	const app = new Hono();
	app.onError(answerFault(deps));
	app.get('/health', context => {
		const {state, pid} = deps.status();
		return context.json({status: 'ok', state, pid, version: deps.version, protocol: protocolVersion});
	});
	app.get('/stats', context => {
		const {budget, queue, sessions} = deps.status();
		const {proactive, reactive} = budget.tokensToday;
		return context.json({
			token_usage_today: {proactive, reactive},
			runs_today: budget.runsToday,
			cost_today_usd: budget.costTodayUsd,
			queue,
			sessions: sessions.length,
		});
	});
	app.get('/status', context => context.json(deps.status()));
	app.get('/facts', context => context.json(deps.recent(tailOf(context.req.query('tail')))));
	app.get('/commands', context => context.json(deps.commands()));
	app.get('/events', context => streamFacts(context, deps));
	app.post('/command', bodyLimit({maxSize: largestCommand, onError: tooLarge}), context => obey(context, deps));
	app.notFound(context =>
		context.json({ok: false, say: `There is no ${context.req.path} here.`, code: 'NOT_FOUND'}, 404),
	);
	return app;
}
