import {messageOf} from '../domain/pilot-error.js';
import type {AgentFact, AgentResult} from './agent.js';
import type {Phase} from './voice.js';

/** What a session has been heard to say so far. */
export interface Heard {
	lastResult: AgentResult | undefined;
	lastText: string;
	toolCalls: number;
	troubles: string[];
	noise: string;
	refusedUntil: string | undefined;
	wasRefused: boolean;
}

export type ReadQuota = (info: unknown) => {refused: boolean; resetsAt?: string};

export interface Ears {
	readonly heard: Heard;
	/** Takes one fact in; gives the phase it stands for, if it stands for one. */
	hear(fact: AgentFact): Phase | undefined;
}

const longestText = 20_000;
const troublesKept = 100;

/** What a fact says about the phase, and in which words. */
function phaseOf(fact: AgentFact): Phase | undefined {
	switch (fact.kind) {
		case 'init':
			return {phase: 'busy', why: `stream: started with ${fact.model}`};
		case 'tool':
			return {phase: 'busy', why: `stream: ${fact.name} ${fact.about.replaceAll(/\s+/g, ' ').slice(0, 80)}`};
		case 'delta':
		case 'text':
			return {phase: 'busy', why: 'stream: writing'};
		case 'tool-result':
			return {phase: 'busy', why: 'stream: reading a result'};
		case 'retry':
			return {phase: 'busy', why: `stream: ${fact.why}, try ${fact.attempt} of ${fact.most}`};
		case 'result':
			return {phase: 'finishing', why: 'stream: result'};
		default:
			return;
	}
}

function takeResult(heard: Heard, result: AgentResult) {
	heard.lastResult = result;
	if (result.text && !result.isError) heard.lastText = result.text.slice(-longestText);
}

/** Listens to an agent's facts, and keeps of them what judging its end needs; bounded, whatever it says. */
export function createEars(readQuota: ReadQuota): Ears {
	const heard: Heard = {
		lastResult: undefined,
		lastText: '',
		toolCalls: 0,
		troubles: [],
		noise: '',
		refusedUntil: undefined,
		wasRefused: false,
	};
	const takeQuota = (info: unknown): Phase | undefined => {
		const {refused, resetsAt} = readQuota(info);
		if (!refused) return;
		heard.wasRefused = true;
		heard.refusedUntil = resetsAt ?? heard.refusedUntil;
		return {phase: 'rate-limited', why: `stream: usage limit${resetsAt ? ` until ${resetsAt}` : ''}`};
	};
	return {
		heard,
		hear(fact) {
			if (fact.kind === 'text') heard.lastText = fact.text.slice(-longestText);
			if (fact.kind === 'tool') heard.toolCalls++;
			if (fact.kind === 'trouble') heard.troubles = [...heard.troubles, fact.code].slice(-troublesKept);
			if (fact.kind === 'noise') heard.noise = `${heard.noise.slice(-2000)}\n${fact.text.slice(-2000)}`;
			if (fact.kind === 'result') takeResult(heard, fact.result);
			return fact.kind === 'quota' ? takeQuota(fact.info) : phaseOf(fact);
		},
	};
}

/** Words for something of pilot's own that went wrong beside a session, such as a full disk under its record. */
export const mishap = (what: string, error: unknown): AgentFact => ({
	kind: 'noise',
	text: `pilot: ${what}: ${messageOf(error)}`,
});
