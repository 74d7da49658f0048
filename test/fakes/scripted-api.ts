import {LLMock} from '@copilotkit/aimock';

/** One answer of the model. */
export type Turn = {readonly say: string} | {readonly tool: string; readonly input: object};

/** What the model answers from the first message on that matches, turn by turn; the last one is repeated. */
export interface Script {
	readonly when: RegExp;
	readonly turns: readonly Turn[];
}

export interface ScriptedApi {
	readonly url: string;
	/** Requests of main conversations so far. */
	readonly calls: () => number;
	stop(): Promise<void>;
}

interface Message {
	readonly role: string;
	readonly content?: unknown;
}

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content ?? ''));

const response = (turn: Turn, id: string) =>
	'say' in turn
		? {content: turn.say, usage: {input_tokens: 100, output_tokens: 20}}
		: {
				toolCalls: [{id, name: turn.tool, arguments: JSON.stringify(turn.input)}],
				usage: {input_tokens: 100, output_tokens: 20},
			};

/** The Messages API of a peer that nobody here wrote (aimock), answering by script. */
export async function startScriptedApi(scripts: readonly Script[]): Promise<ScriptedApi> {
	const mock = new LLMock({port: 0, logLevel: 'silent'});
	let calls = 0;
	mock.on({predicate: () => true}, request => {
		const messages = request.messages as readonly Message[];
		const opening = messages
			.filter(message => message.role === 'user')
			.map(message => textOf(message.content))
			.join('\n');
		const script = scripts.find(candidate => candidate.when.test(opening));
		const start = messages.findIndex(
			({role, content}) => role === 'user' && script !== undefined && script.when.test(textOf(content)),
		);
		const done = messages.slice(Math.max(0, start)).filter(message => message.role === 'assistant').length;
		const turn = script?.turns[Math.min(done, script.turns.length - 1)] ?? {say: 'I have no script for this.'};
		calls++;
		return response(turn, `toolu_${calls}_${Math.random().toString(36).slice(2, 10)}`);
	});
	await mock.start();
	return {url: mock.url, calls: () => calls, stop: () => mock.stop()};
}
