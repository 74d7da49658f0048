import type {Context} from 'hono';
import {streamSSE} from 'hono/streaming';
import type {PilotEvent} from '../domain/event.js';
import type {Status} from '../domain/status.js';
import {statusChange} from '../domain/status-change.js';

/** Where a stream comes from. */
export interface FactSource {
	status(): Status;
	onFact(listener: (fact: PilotEvent) => void): () => void;
	/** Called after anything that `status` tells has changed, a few times a second at most. */
	onStatus(listener: () => void): () => void;
	/** A screen has come or gone; one that comes may say whether its terminal is a light one. */
	watching(change: 1 | -1, isLight?: boolean): void;
}

/** What may wait for a reader that has stopped reading, such as a dashboard at Ctrl-Z. */
const mostFacts = 1000;
const mostCharacters = 4_000_000;

interface WaitingFact {
	readonly id: string;
	readonly data: string;
}

/** Facts on their way to a reader. */
interface WaitingFacts {
	readonly isEmpty: boolean;
	/** Gives false for more than may wait. */
	push(fact: PilotEvent): boolean;
	next(): WaitingFact | undefined;
}

function createWaitingFacts(): WaitingFacts {
	const facts: WaitingFact[] = [];
	let characters = 0;
	return {
		get isEmpty() {
			return facts.length === 0;
		},
		push(fact) {
			const data = JSON.stringify(fact);
			facts.push({id: String(fact.seq), data});
			characters += data.length;
			return facts.length <= mostFacts && characters <= mostCharacters;
		},
		next() {
			const fact = facts.shift();
			characters -= fact?.data.length ?? 0;
			return fact;
		},
	};
}

/** The status for one reader: the whole of it at first; after that what has changed since, for those who asked for no more. */
function createStatusTeller(deps: FactSource, inParts: boolean) {
	let told: Status | undefined;
	let text = '';
	return (): {event: 'status' | 'change'; data: string} | undefined => {
		const before = told;
		told = deps.status();
		if (inParts && before) {
			const change = statusChange(before, told);
			return change && {event: 'change', data: JSON.stringify(change)};
		}
		const was = text;
		text = JSON.stringify(told);
		return text === was ? undefined : {event: 'status', data: text};
	};
}

/**
 * Facts as they happen, and the status after each change, for as long as the reader stays. One that is too far behind is
 * hung up on: it calls again, and gets the status as it is by then.
 */
export function streamFacts(context: Context, deps: FactSource): Response {
	return streamSSE(context, async sse => {
		const watches = context.req.query('watch') === '1';
		const light = context.req.query('light');
		if (watches) deps.watching(1, light === undefined ? undefined : light === '1');
		let wake = () => {};
		const facts = createWaitingFacts();
		let changed = context.req.query('status') === '1';
		const wanted = changed;
		const tellStatus = createStatusTeller(deps, context.req.query('changes') === '1');
		const offFact = deps.onFact(fact => {
			if (facts.push(fact)) wake();
			else sse.abort();
		});
		const offStatus = deps.onStatus(() => {
			changed = wanted;
			wake();
		});
		sse.onAbort(() => wake());
		try {
			while (!sse.aborted) {
				for (let fact = facts.next(); fact && !sse.aborted; fact = facts.next())
					await sse.writeSSE({event: 'fact', ...fact});
				if (changed) {
					changed = false;
					const message = tellStatus();
					if (message) await sse.writeSSE(message);
				}
				if (!facts.isEmpty || changed) continue;
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		} finally {
			offFact();
			offStatus();
			if (watches) deps.watching(-1);
		}
	});
}
