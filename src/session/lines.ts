import {noTokens} from '../domain/tokens.js';
import type {Pty} from '../kernel/pty.js';
import type {Agent, AgentFact} from './agent.js';
import {createEars, mishap, type ReadQuota} from './ears.js';
import {createPane, type SessionScreen} from './pane.js';
import {createLineReader} from './stream/line-reader.js';
import type {Phase, Voice} from './voice.js';

interface LinesDeps {
	readonly screen: SessionScreen;
	readonly redact: (text: string) => string;
	readonly record: (line: string) => void;
	readonly readQuota: ReadQuota;
}

/** Lines in a row that are no events, before the rest of them is neither kept nor shown: a program that prints garbage without end. */
const noiseKept = 500;

/** The voice of a program that speaks in lines: each is kept, understood, shown. Nothing that goes wrong with that ends the session. */
export function createLines(agent: Agent, pty: Pick<Pty, 'pause' | 'resume'>, deps: LinesDeps): Voice {
	const {record, redact} = deps;
	const ears = createEars(deps.readQuota);
	const {show} = createPane(deps.screen, pty, redact);
	const reader = createLineReader();
	let isKept = true;
	let noiseLines = 0;
	const keep = (line: string) => {
		try {
			record(redact(line));
			isKept = true;
		} catch (error) {
			if (isKept) show(mishap('this session is not being recorded', error));
			isKept = false;
		}
	};
	const hearFact = (fact: AgentFact): Phase | undefined => {
		show(fact);
		try {
			return ears.hear(fact);
		} catch (error) {
			show(mishap('a fact could not be kept', error));
			return;
		}
	};
	/** The last phase that the lines stood for, and whether anything in them was a sign of life. */
	const hear = (lines: readonly string[]): {phase: Phase | undefined; alive: boolean} => {
		let phase: Phase | undefined;
		let alive = false;
		for (const line of lines) {
			const facts = agent.parseLine(line);
			const isEvent = facts.length === 0 || facts.some(fact => fact.kind !== 'noise');
			alive ||= isEvent;
			noiseLines = isEvent ? 0 : noiseLines + 1;
			if (noiseLines === noiseKept) show({kind: 'noise', text: 'pilot: more lines that are no events are not shown'});
			if (noiseLines >= noiseKept) {
				for (const fact of facts) ears.hear(fact);
				continue;
			}
			keep(line);
			for (const fact of facts) phase = hearFact(fact) ?? phase;
		}
		return {phase, alive};
	};
	return {
		hear: bytes => hear(reader.push(bytes)),
		end: () => void hear(reader.end()),
		judge: (exit, stopped) => agent.judge({...exit, ...ears.heard, stopped}),
		get account() {
			const {lastResult, toolCalls, lastText} = ears.heard;
			const {turns = toolCalls, tokens = noTokens, costUsd = 0} = lastResult ?? {};
			return {turns, tokens, costUsd, lastText};
		},
	};
}
