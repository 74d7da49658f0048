import type {ChannelCall, ReportChannel} from '../control/index.js';
import {ask, shownPart} from './approvals.js';
import type {Context} from './context.js';
import type {LiveSession} from './live.js';
import type {Permissions} from './permissions.js';

type Deps = Pick<Context, 'store' | 'live' | 'queueFile' | 'randomId' | 'redact'>;

const askForReport =
	'Before you end: call the tool mcp__pilot__report with a summary of one line and a report in markdown of what you did and found. If you could not do it, call mcp__pilot__block with the reason.';

/** Takes secrets out of every text in what a session says, before it is kept anywhere. */
function redacted<T>(value: T, redact: (text: string) => string): T {
	if (typeof value === 'string') return redact(value) as T;
	if (Array.isArray(value)) return value.map(one => redacted(one, redact)) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redacted(one, redact)])) as T;
}

/** More open questions than anybody answers: a proposal beyond that is parked, and nothing is asked. */
const mostOpen = 100;

function propose(
	{store, queueFile, randomId}: Deps,
	by: string,
	{title, description = ''}: {title: string; description?: string | undefined},
): string {
	const id = randomId('m');
	queueFile.edit([
		{op: 'append', mission: {id, title, description, source: 'agent'}},
		{op: 'mark', id, state: 'parked'},
	]);
	store.emit('mission.proposed', {missionId: id, title, description, by: `^${by}`});
	const {length} = store.state.approvals.filter(({kind}) => kind === 'proposal');
	if (length >= mostOpen) return `Noted as ^${id}; many proposals wait already.`;
	ask(
		{store, randomId},
		{
			kind: 'proposal',
			missionId: id,
			what: title,
			why: `Proposed by ^${by}.${shownPart(description)}`,
			consequences: 'Approved, it is put into the queue, to read only. Denied, it is taken out of missions.md.',
			onTimeout: 'deny',
		},
	);
	return `Noted as ^${id}. The human decides whether it is done.`;
}

function obey(deps: Deps, {missionId, attempt}: LiveSession, {tool, input}: ChannelCall): string {
	const {store} = deps;
	const of = {missionId, attempt};
	switch (tool) {
		case 'report': {
			const {summary, report, learnings = [], preferences = [], decisions = []} = input;
			store.emit('report.received', {...of, report: {summary, report, learnings, preferences, decisions}});
			return 'Received. You can end now.';
		}
		case 'remember':
			store.emit('memory.noted', {...of, ...input});
			return 'Kept.';
		case 'propose_mission':
			return propose(deps, missionId, input);
		case 'ask_human':
			store.emit('question.asked', {...of, question: input.question});
			return 'The human was asked, and is not there now. If there is a safe default, take it, say so in your report, and go on. If there is none, end without a report: the mission then waits for the answer.';
		case 'block':
			store.emit('mission.blocked-by-agent', {...of, reason: input.reason});
			return 'Noted. End now.';
		case 'progress':
			store.emit('mission.progressed', {...of, note: input.note});
			return 'Noted.';
	}
}

/** What one session may say in its life: many times what a mission needs, and too little to flood a queue, a memory or a phone. */
const most: Readonly<Record<ChannelCall['tool'], number>> = {
	report: 20,
	remember: 100,
	propose_mission: 20,
	ask_human: 20,
	block: 5,
	progress: 1000,
};

/** Counts what sessions say. */
function createCounts() {
	const counts = new Map<string, number>();
	return {
		/** Gives false for one too many. */
		count(sessionId: string, tool: ChannelCall['tool']): boolean {
			const key = `${sessionId} ${tool}`;
			const said = (counts.get(key) ?? 0) + 1;
			counts.set(key, said);
			return said <= most[tool];
		},
	};
}

/** Words for a session that is about to end without a report: once, and not when it is known why there is none. */
export function askAtStop(
	{store}: Pick<Deps, 'store'>,
	session: LiveSession,
	alreadyAsked: boolean,
): string | undefined {
	const run = store.state.runs[session.missionId];
	if (!run || alreadyAsked || session.asked || run.report || run.blockedReason || run.stopAsked) return;
	session.asked = true;
	return run.questions.length > 0 ? undefined : askForReport;
}

/** What sessions may tell pilot, each by its own token and about its own mission alone. */
export function createReportChannel(deps: Deps, permissions: Permissions): ReportChannel {
	const {live, redact} = deps;
	const counts = createCounts();
	return {
		knows: token => token !== '' && live.byToken(token) !== undefined,
		async call(token, call) {
			const session = live.byToken(token);
			if (!session) return 'This session has ended.';
			if (!counts.count(session.id, call.tool))
				return `Not taken: ${most[call.tool]} of these from one session are enough. Go on without.`;
			return obey(deps, session, redacted(call, redact));
		},
		async permission(token, request, gone) {
			const session = live.byToken(token);
			return session ? permissions.ask(session, request, gone) : {behavior: 'deny', message: 'This session has ended.'};
		},
		atStop(token, alreadyAsked) {
			const session = live.byToken(token);
			return session && askAtStop(deps, session, alreadyAsked);
		},
		hook: (token, event, body) => live.byToken(token)?.session?.hook(event, body) ?? {},
	};
}
