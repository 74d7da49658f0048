import type {PermissionAnswer, PermissionRequest} from '../control/index.js';
import type {Approval} from '../domain/approval.js';
import type {DataOf} from '../domain/event.js';
import {messageOf} from '../domain/pilot-error.js';
import {visibleText} from '../domain/visible-text.js';
import {ask, deadlineOf, tellSettled} from './approvals.js';
import type {Context} from './context.js';
import type {LiveSession} from './live.js';

type Deps = Pick<Context, 'store' | 'clock' | 'config' | 'redact' | 'randomId' | 'log'>;

export interface Permissions {
	/** Puts a tool call of a session before the human; resolves once it is answered, or is about nothing any more. Never rejects. */
	ask(session: LiveSession, request: PermissionRequest, gone: AbortSignal): Promise<PermissionAnswer>;
	/** A human has come: questions may have an answer again. */
	arrived(): void;
}

const longestCommand = 8000;
const longestWhy = 300;
/** Open at a time, and in the life of a session: more than work needs, and no flood. */
const mostOpen = 5;
const mostAsked = 100;

const nobody = 'Nobody is there to allow it. Go on without it, or end with mcp__pilot__block and say what is missing.';
const tooMany = 'Not asked: this session has asked for too much. Go on without it.';

const deny = (message: string): PermissionAnswer => ({behavior: 'deny', message});

/** A line of text out of what an agent wrote, cut to size. */
const lineOf = (text: unknown, most: number) =>
	typeof text === 'string' ? visibleText(text.replaceAll(/\s+/g, ' ').trim()).slice(0, most) : '';

/** The exact command, or the whole input of another tool. */
function commandOf({tool, input}: PermissionRequest): string {
	const {command, description: _words, ...rest} = input;
	if (tool !== 'Bash' || typeof command !== 'string') return `${tool} ${JSON.stringify(input, null, 2)}`;
	return Object.keys(rest).length === 0 ? command : `${command}\n\nwith ${JSON.stringify(rest)}`;
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url);

/** What one yes for the session stands for: a key to compare by, and words for it. */
function ruleOf({tool, input}: PermissionRequest): {key: string; words: string} {
	const {file_path: file, url, description: _words, timeout: _ms, ...rest} = input;
	if (typeof file === 'string') return {key: `${tool} ${file}`, words: `every ${tool} of this file`};
	if (tool === 'WebFetch' && typeof url === 'string')
		return {key: `${tool} ${hostOf(url)}`, words: `every ${tool} from ${hostOf(url)}`};
	return {
		key: `${tool} ${JSON.stringify({...rest, url})}`,
		words: tool === 'Bash' ? 'this very command' : `this very ${tool}`,
	};
}

/** Words of somebody who is to judge a tool call. */
function questionOf({config, redact, clock}: Deps, session: LiveSession, request: PermissionRequest) {
	const {missionId, attempt, id: sessionId} = session;
	const {tool, input} = request;
	const full = visibleText(redact(commandOf(request)));
	const isCut = full.length > longestCommand;
	const own = redact(lineOf(input.description, longestWhy));
	const isUnboxed = input.dangerouslyDisableSandbox === true;
	const boxed = isUnboxed ? 'It would run OUTSIDE of the sandbox. ' : '';
	const cut = isCut ? `ONLY THE FIRST ${longestCommand} of ${full.length} characters are shown. ` : '';
	return {
		kind: 'permission' as const,
		...{missionId, attempt, sessionId},
		what: tool === 'Bash' ? 'wants to run a command' : `wants to use ${lineOf(tool, 80)}`,
		why: own === '' ? 'The rules of this session do not allow it by themselves.' : `It says: ${own}`,
		command: full.slice(0, longestCommand),
		consequences: `${cut}${boxed}It is done at once, as you, from the mission's checkout; pilot does not undo what reaches beyond that.`,
		forSession: redact(lineOf(ruleOf(request).words, 200)),
		deadline: deadlineOf({clock, config}),
		onTimeout: 'deny' as const,
	};
}

const longestHeld = 60;

/** Why a session stands still, in one line: the first of a command is worth more than that there is one. */
function heldWords({approvalId, what, command = ''}: Approval, {tool}: PermissionRequest): string {
	const [line = ''] = command.split('\n', 1);
	const shown = line.length > longestHeld ? `${line.slice(0, longestHeld)}…` : line;
	return `asks you${tool === 'Bash' ? ` to run: ${shown}` : `: ${what}`} (${approvalId})`;
}

function answerOf(
	{allowed, answer, by, note}: DataOf<'approval.settled'>,
	{input}: PermissionRequest,
): PermissionAnswer {
	if (allowed) return {behavior: 'allow', updatedInput: input};
	if (answer === 'denied')
		return deny(
			`Denied by ${by === 'you' ? 'the human' : `the human (${by})`}${note ? `: ${note}` : '.'}\nGo on without it.`,
		);
	return deny(answer === 'timeout' ? `Nobody answered in time. ${nobody}` : 'This session is ending.');
}

/** Waits for the fact that closes a question. What asked may be gone before. */
function untilSettled({store, log}: Deps, approval: Approval, gone: AbortSignal) {
	return new Promise<DataOf<'approval.settled'>>(resolve => {
		const withdraw = () => {
			try {
				tellSettled({store}, approval, {answer: 'withdrawn', by: 'pilot', note: 'the session asks no more'});
			} catch (error) {
				// Where it cannot be written now, the loop finds it when its session has ended.
				log.error(`a question cannot be closed: ${messageOf(error)}`);
			}
		};
		const unlisten = store.onFact(({type, data}) => {
			if (type !== 'approval.settled' || data.approvalId !== approval.approvalId) return;
			unlisten();
			gone.removeEventListener('abort', withdraw);
			resolve(data);
		});
		gone.addEventListener('abort', withdraw);
		if (gone.aborted) withdraw();
	});
}

/** What was asked for in each session, and what is allowed for the rest of it. */
function createMemory() {
	const sessions = new Map<string, {asked: number; open: number; rules: Set<string>}>();
	return (id: string) => {
		const known = sessions.get(id) ?? {asked: 0, open: 0, rules: new Set<string>()};
		sessions.set(id, known);
		return known;
	};
}

/**
 * What a headless session may not do by its rules, put before the human. With `approvals.permissions: watched` only while somebody is
 * there: a dashboard or a chat, and the last question of this kind had its answer in time or somebody has come since.
 *
 * @param isWatched Whether somebody could see a question now.
 */
export function createPermissions(deps: Deps, isWatched: () => boolean): Permissions {
	const {store, config, log} = deps;
	const memoryOf = createMemory();
	let isUnanswered = false;
	store.onFact(({type, data}) => {
		if (type === 'reach.taken') isUnanswered = false;
		if (type === 'approval.settled' && data.answer !== 'withdrawn')
			isUnanswered = data.answer === 'timeout' && data.kind === 'permission';
	});
	const isExpected = () => {
		const {permissions} = config.approvals;
		return permissions === 'always' || (permissions === 'watched' && !isUnanswered && isWatched());
	};
	const wait = async (session: LiveSession, request: PermissionRequest, gone: AbortSignal) => {
		const approval = ask(deps, questionOf(deps, session, request));
		const release = session.session?.hold(heldWords(approval, request));
		try {
			return await untilSettled(deps, approval, gone);
		} finally {
			release?.();
		}
	};
	return {
		arrived() {
			isUnanswered = false;
		},
		async ask(session, request, gone) {
			const memory = memoryOf(session.id);
			const rule = ruleOf(request).key;
			if (memory.rules.has(rule)) return {behavior: 'allow', updatedInput: request.input};
			if (!isExpected()) return deny(nobody);
			if (memory.open >= mostOpen || memory.asked >= mostAsked) return deny(tooMany);
			memory.asked++;
			memory.open++;
			try {
				const settled = await wait(session, request, gone);
				if (settled.answer === 'session') memory.rules.add(rule);
				return answerOf(settled, request);
			} catch (error) {
				log.error(`a question cannot be asked: ${messageOf(error)}`);
				return deny('It cannot be asked now. Go on without it.');
			} finally {
				memory.open--;
			}
		},
	};
}
