import type {Tokens} from '../../domain/budget.js';
import {noTokens} from '../../domain/tokens.js';
import {count, type Json, object, text} from '../stream/json.js';

/** What a session's transcript tells of what it used. Cumulative over the whole session. */
export interface Usage {
	/** Answers of the model in the main conversation. */
	readonly turns: number;
	readonly tokens: Tokens;
	readonly costUsd: number;
	/** When the last usage limit that was met ends, ISO 8601. */
	readonly limitedUntil: string | undefined;
}

export interface UsageReader {
	readonly usage: Usage;
	/** Takes in one line of a transcript; what it cannot read changes nothing. */
	push(line: string): void;
}

/** The records that count, told without parsing: most of a transcript is prompts and request shapes. */
const mayCount = (line: string) =>
	line.includes('"type":"assistant"') || line.includes('"type":"cost-state"') || line.includes('"quotaLimits"');

function parse(line: string): Json {
	try {
		return object(JSON.parse(line));
	} catch {
		return {};
	}
}

const plus = (sum: Tokens, usage: Json): Tokens => ({
	input: sum.input + count(usage.input_tokens),
	output: sum.output + count(usage.output_tokens),
	cacheRead: sum.cacheRead + count(usage.cache_read_input_tokens),
	cacheWrite: sum.cacheWrite + count(usage.cache_creation_input_tokens),
});

/**
 * Adds up a transcript of Claude Code (2.1.328). One answer of the model is several records, one for each content block, each with the
 * whole usage, and a forked session copies them: each counts once, by (message.id, requestId).
 */
export function createUsageReader(): UsageReader {
	const seen = new Set<string>();
	let usage: Usage = {turns: 0, tokens: noTokens, costUsd: 0, limitedUntil: undefined};
	const takeAnswer = (record: Json) => {
		const message = object(record.message);
		const key = `${text(message.id)} ${text(record.requestId)}`;
		if (message.model === '<synthetic>' || typeof message.usage !== 'object' || seen.has(key)) return;
		seen.add(key);
		const turns = usage.turns + (record.isSidechain === true ? 0 : 1);
		usage = {...usage, turns, tokens: plus(usage.tokens, object(message.usage))};
	};
	return {
		get usage() {
			return usage;
		},
		push(line) {
			if (!mayCount(line)) return;
			const record = parse(line);
			const resetsAt = count(object(record.quotaLimits).resetsAt);
			if (resetsAt > 0 && resetsAt < 8e12) usage = {...usage, limitedUntil: new Date(resetsAt * 1000).toISOString()};
			if (record.type === 'assistant') takeAnswer(record);
			if (record.type === 'cost-state')
				usage = {...usage, costUsd: Math.max(usage.costUsd, count(record.totalCostUSD))};
		},
	};
}
