import type {Tokens} from '../../domain/budget.js';
import {noTokens} from '../../domain/tokens.js';
import type {AgentFact, AgentResult} from '../agent.js';
import {about, count, isJson, type Json, list, object, text} from './json.js';

function resultText(content: unknown): string {
	if (typeof content === 'string') return content;
	return list(content)
		.map(part => text(object(part).text))
		.join('\n');
}

function assistantFacts(line: Json): AgentFact[] {
	const facts: AgentFact[] = list(object(line.message).content).flatMap((value): AgentFact[] => {
		const block = object(value);
		if (block.type === 'text' && text(block.text) !== '') return [{kind: 'text', text: text(block.text)}];
		if (block.type === 'tool_use') return [{kind: 'tool', name: text(block.name), about: about(object(block.input))}];
		return [];
	});
	return text(line.error) === '' ? facts : [...facts, {kind: 'trouble', code: text(line.error)}];
}

function userFacts(line: Json): AgentFact[] {
	return list(object(line.message).content).flatMap((value): AgentFact[] => {
		const block = object(value);
		return block.type === 'tool_result'
			? [{kind: 'tool-result', ok: block.is_error !== true, text: resultText(block.content)}]
			: [];
	});
}

/** Cumulative over the run, from `modelUsage` (final values; `assistant` lines carry the first ones only). */
function tokensOf(line: Json): Tokens {
	const models = Object.values(object(line.modelUsage)).map(object);
	const usage = object(line.usage);
	if (models.length === 0) {
		return {
			input: count(usage.input_tokens),
			output: count(usage.output_tokens),
			cacheRead: count(usage.cache_read_input_tokens),
			cacheWrite: count(usage.cache_creation_input_tokens),
		};
	}
	return models.reduce<Tokens>(
		(sum, model) => ({
			input: sum.input + count(model.inputTokens),
			output: sum.output + count(model.outputTokens),
			cacheRead: sum.cacheRead + count(model.cacheReadInputTokens),
			cacheWrite: sum.cacheWrite + count(model.cacheCreationInputTokens),
		}),
		noTokens,
	);
}

function resultOf(line: Json): AgentResult {
	const errors = list(line.errors).map(text).filter(Boolean);
	return {
		isError: line.is_error !== false,
		subtype: text(line.subtype),
		terminalReason: text(line.terminal_reason),
		apiError: text(line.api_error),
		apiStatus: typeof line.api_error_status === 'number' ? line.api_error_status : null,
		turns: count(line.num_turns),
		tokens: tokensOf(line),
		costUsd: count(line.total_cost_usd),
		text: text(line.result) || errors.join('; '),
	};
}

function systemFacts(line: Json): AgentFact[] {
	switch (line.subtype) {
		case 'init':
			return [
				{kind: 'init', agentSessionId: text(line.session_id), model: text(line.model), paidBy: text(line.apiKeySource)},
			];
		case 'api_retry':
			return [
				{
					kind: 'retry',
					attempt: count(line.attempt),
					most: count(line.max_retries),
					delayMs: count(line.retry_delay_ms),
					why: `${text(line.error) || 'connection failed'}${typeof line.error_status === 'number' ? ` (${line.error_status})` : ''}`,
				},
			];
		case 'permission_denied':
			return [{kind: 'denied', tool: text(line.tool_name), why: text(line.message)}];
		default:
			return [];
	}
}

function deltaFacts(line: Json): AgentFact[] {
	const event = object(line.event);
	const delta = object(event.delta);
	return event.type === 'content_block_delta' && delta.type === 'text_delta'
		? [{kind: 'delta', text: text(delta.text)}]
		: [];
}

function factsOf(value: Json): AgentFact[] {
	switch (value.type) {
		case 'system':
			return systemFacts(value);
		case 'assistant':
			return assistantFacts(value);
		case 'user':
			return userFacts(value);
		case 'stream_event':
			return deltaFacts(value);
		case 'rate_limit_event':
			return [{kind: 'quota', info: value.rate_limit_info}];
		case 'result':
			return [{kind: 'result', result: resultOf(value)}];
		default:
			return [];
	}
}

/**
 * One line of `claude -p --output-format stream-json`, as of 2.1.328. Types it does not know give no facts, lines that are no
 * JSON, or nested too deep to be told again, are noise; it never throws.
 */
export function parseClaudeLine(line: string): AgentFact[] {
	// What does not even look like it is not tried: an error each costs too much in a flood of garbage.
	if (!line.trimStart().startsWith('{')) return [{kind: 'noise', text: line}];
	try {
		const value: unknown = JSON.parse(line);
		if (isJson(value) && typeof value.type === 'string') return factsOf(value);
	} catch {
		// It is noise, as below.
	}
	return [{kind: 'noise', text: line}];
}
