/** What is told to a human. Plain text throughout: whatever stands in it is shown as it is, never read as markup. */
export interface Message {
	/** One line, not empty, shown with weight where the service can. */
	readonly head: string;
	/** What follows it; '' when the head says it all. */
	readonly body: string;
}

/**
 * What became of a message. `refused`: the service does not want it, trying again is useless. `unsent`: given up while
 * stopping, surely not delivered. `unknown`: given up while stopping, after an attempt whose answer never came.
 */
export type Delivery = 'sent' | 'refused' | 'unsent' | 'unknown';

/** A way to reach the human. Alerts come to it one at a time, in order. */
export interface Channel {
	/** Also the name under which the cursor of its alerts is kept. */
	readonly name: string;
	/** False: it is not configured, nothing is delivered through it. */
	readonly enabled: boolean;
	start(): void;
	/** Stops taking what humans send; what is being delivered goes on. */
	close(): void;
	/** Ends what is still being delivered. */
	stop(): Promise<void>;
	/** Its state in one line without its name, then one line per trouble: `on (@my_bot)`, `off (no TELEGRAM_BOT_TOKEN)`. */
	states(): string[];
	/** True when the service answered last time: waiting for a delivery makes sense. */
	reachable(): boolean;
	/** Tries until it is delivered, refused or the channel is stopped. `again`: it may have been delivered before; says so. */
	deliver(message: Message, again: boolean): Promise<Delivery>;
	/** Resolves when everything handed over so far is delivered or given up. */
	settled(): Promise<void>;
}
