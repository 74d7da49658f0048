import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {callTool} from './channel.js';
import {type DemoInput, type Move, movesFor} from './scripts.js';

interface Input extends DemoInput {
	readonly url: string;
	readonly token: string;
	readonly session: string;
	readonly pace: number;
}

const input = JSON.parse(process.env.PILOT_DEMO ?? '{}') as Input;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms / input.pace));
const print = (value: object) => process.stdout.write(`${JSON.stringify({...value, session_id: input.session})}\n`);

let toolCalls = 0;
let wrote = 0;

const result = (text: string, error?: object) =>
	print({
		type: 'result',
		subtype: 'success',
		is_error: false,
		terminal_reason: 'completed',
		num_turns: toolCalls + 1,
		total_cost_usd: 0,
		usage: {input_tokens: 900 * (toolCalls + 1), output_tokens: wrote},
		result: text,
		...error,
	});

async function say(text: string) {
	for (const word of text.split(/(?<= )/)) {
		wrote++;
		print({type: 'stream_event', event: {type: 'content_block_delta', delta: {type: 'text_delta', text: word}}});
		await pause(70);
	}
	print({type: 'assistant', message: {content: [{type: 'text', text}]}});
}

async function runTool(name: string, about: Readonly<Record<string, string>>, output: string, failed: boolean) {
	const id = `toolu_${++toolCalls}`;
	print({type: 'assistant', message: {content: [{type: 'tool_use', id, name, input: about}]}});
	await pause(700);
	print({
		type: 'user',
		message: {content: [{type: 'tool_result', tool_use_id: id, content: output, is_error: failed}]},
	});
	await pause(400);
}

function hitLimit(seconds: number): number {
	const resetsAt = Math.round(Date.now() / 1000 + seconds / input.pace);
	print({
		type: 'rate_limit_event',
		rate_limit_info: {
			status: 'rejected',
			resetsAt,
			rateLimitType: 'five_hour',
			unifiedWindows: {five_hour: {utilization: 1, resetsAt, status: 'rejected'}},
		},
	});
	result("You've hit your 5-hour limit (simulated)", {
		is_error: true,
		terminal_reason: 'api_error',
		api_error: 'usage_limit_reached',
		api_error_status: 429,
	});
	return 1;
}

/** Asks as Claude Code does by its permission prompt tool. */
async function wants(command: string) {
	const about = {command, description: 'So that the next build starts clean'};
	const answer = JSON.parse(await callTool(input, 'permission', {tool_name: 'Bash', input: about}));
	const isAllowed = answer.behavior === 'allow';
	await runTool('Bash', about, isAllowed ? 'Allowed. (Simulated: nothing was run.)' : answer.message, !isAllowed);
}

/** Plays one move; a number ends the program with that exit code. */
async function play(move: Move): Promise<number | undefined> {
	if ('say' in move) await say(move.say);
	else if ('tool' in move) await runTool(move.tool, move.about, move.result, move.fails ?? false);
	else if ('write' in move) {
		writeFileSync(path.join(process.cwd(), path.basename(move.write)), move.content);
		await runTool('Write', {file_path: move.write}, 'File written.', false);
	} else if ('wants' in move) await wants(move.wants);
	else if ('call' in move)
		await runTool(
			`mcp__pilot__${move.call}`,
			{summary: JSON.stringify(move.args).slice(0, 60)},
			await callTool(input, move.call, move.args),
			false,
		);
	else if ('limitSeconds' in move) return hitLimit(move.limitSeconds);
	else if ('crash' in move) {
		process.stdout.write(`${move.crash}\n`);
		return 1;
	}
	return;
}

print({type: 'system', subtype: 'init', model: 'simulated', apiKeySource: 'none', cwd: process.cwd()});
let lastSaid = '';
for (const move of movesFor(input)) {
	if ('say' in move) lastSaid = move.say;
	const exitCode = await play(move);
	if (exitCode !== undefined) process.exit(exitCode);
	await pause(300);
}
result(lastSaid);
