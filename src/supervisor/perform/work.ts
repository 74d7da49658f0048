import type {Run} from '../../domain/state.js';
import {noTokens} from '../../domain/tokens.js';
import {findProgram} from '../../kernel/find-program.js';
import {resumePrompt, type SessionEnd} from '../../session/index.js';
import type {Context, Performer} from '../context.js';
import {mustBeThere} from './must-be-there.js';
import {throwIfStopped} from './tests-before.js';
import {type Followed, follow} from './work/follow.js';
import {promptFor, recorderFor, type Stretch} from './work/launch.js';
import {untilWritten} from './work/until-written.js';

async function firstPrompt(context: Context, run: Run): Promise<string> {
	const prompt = await promptFor(context, run);
	throwIfStopped(context.stopSignal(run.missionId), 'its prompt was put together');
	return prompt;
}

type Resumable = Omit<Stretch, 'prompt' | 'style'>;

/** Follows one session to its end. */
async function runOnce(context: Context, run: Run, stretch: Resumable): Promise<Followed & {sessionId: string}> {
	const {agent, live, clock, store, config} = context;
	const {missionId, attempt} = run;
	const {agentSessionId, resume} = stretch;
	// Before there is a session: a stop meanwhile would find none to end.
	const prompt = resume ? resumePrompt('a limit, a stop or a crash') : await firstPrompt(context, run);
	const signal = context.stopSignal(missionId);
	await context.apart(agent.startsApartMs ?? 0, signal);
	throwIfStopped(signal, 'it waited for its start');
	const sessionId = context.randomId('s');
	const identity = {
		id: sessionId,
		missionId,
		attempt,
		agent: agent.name,
		simulated: agent.simulated,
		token: context.randomToken(),
		startedAt: new Date(clock.now()).toISOString(),
	};
	const entry = live.open(identity, (size, snapshot) => recorderFor(context, run, {...size, snapshot}));
	try {
		store.emit('session.started', {missionId, attempt, sessionId, agent: agent.name, agentSessionId, resumed: resume});
		return {...(await follow(context, run, entry, {...stretch, prompt, style: config.claude.style})), sessionId};
	} finally {
		live.ended(entry);
		await context.aftermath.follow(run, {...identity, agentSessionId});
	}
}

const neverStarted = (end: SessionEnd) => end.outcome === 'failed' && end.turns === 0 && end.costUsd === 0;

/** A limit that does not say when it ends is looked at again in an hour. */
const limitEnds = ({resetsAt}: SessionEnd, nowMs: number) => resetsAt ?? new Date(nowMs + 3_600_000).toISOString();

/** Some endings are the account's, not the mission's: everything waits then, and this session goes on afterwards. */
function parkAccount({store, clock}: Context, end: SessionEnd) {
	const {outcome, why} = end;
	if (outcome === 'limit') store.emit('account.parked', {kind: 'limit', why, until: limitEnds(end, clock.now())});
	if (outcome === 'login') store.emit('account.parked', {kind: 'login', why});
	if (outcome === 'missing') store.emit('account.parked', {kind: 'agent-missing', why});
}

const endOf = ({missionId, attempt, spentUsd}: Run, sessionId: string, end: SessionEnd) => {
	const {outcome, why, exitCode, turns, tokens, durationMs, lastWords} = end;
	return {
		...{missionId, attempt, sessionId, outcome, why, exitCode, turns, tokens, durationMs, lastWords},
		// A resumed session goes on counting from its saved total.
		costUsd: Math.max(0, end.costUsd - spentUsd),
	};
};

/** A session whose end is not written down would be run again, and do everything twice: nothing goes on before it is. */
async function tellEnd(context: Context, run: Run, sessionId: string, end: SessionEnd) {
	await untilWritten(context, () => parkAccount(context, end));
	await untilWritten(context, () => context.store.emit('session.ended', endOf(run, sessionId, end)));
}

/** A session that was killed before it had written anything cannot be resumed: its end is told, and another one starts, from nothing spent. */
async function startAnew(context: Context, run: Run, failed: {sessionId: string; end: SessionEnd}, stretch: Resumable) {
	const ended = {...endOf(run, failed.sessionId, failed.end), anew: true};
	await untilWritten(context, () => context.store.emit('session.ended', ended));
	const {sessionId, end} = await runOnce(context, run, stretch);
	await tellEnd(context, {...run, spentUsd: 0}, sessionId, end);
}

const notDone = (outcome: SessionEnd['outcome'], why: string): SessionEnd => ({
	outcome,
	why,
	exitCode: null,
	turns: 0,
	tokens: noTokens,
	costUsd: 0,
	durationMs: 0,
	lastWords: '',
});

const missing = (wanted: string, agent: string) =>
	agent === 'claude'
		? `${wanted} was not found: install Claude Code (npm install -g @anthropic-ai/claude-code), or correct claude.command in config.yaml`
		: `${wanted} was not found: install it, or correct ${agent}.argv in config.yaml`;

/** Runs the agent: a new session, or the one that a limit or a crash interrupted. What it reported before that counts. */
export const work: Performer = async (context, run) => {
	const {agent, config, env, workspace} = context;
	const earlier = run.session;
	if (run.report || run.stopAsked) {
		const ending = run.report
			? notDone('completed', 'it had reported before it was interrupted')
			: notDone('stopped', 'stopped before it started');
		return tellEnd(context, run, earlier?.id ?? 'none', ending);
	}
	mustBeThere(run);
	const wanted = agent.program(config);
	const program = wanted === undefined ? undefined : findProgram(wanted, env.PATH, workspace);
	if (wanted !== undefined && !program)
		return tellEnd(context, run, 'none', notDone('missing', missing(wanted, agent.name)));
	const known = agent.can.resume ? earlier?.agentSessionId : undefined;
	const anew = () => ({agentSessionId: context.randomUuid(), resume: false, program});
	const first = await runOnce(context, run, known ? {agentSessionId: known, resume: true, program} : anew());
	if (first.resumed && neverStarted(first.end)) return startAnew(context, run, first, anew());
	await tellEnd(context, run, first.sessionId, first.end);
};
