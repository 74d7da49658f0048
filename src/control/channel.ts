import {z} from 'zod';

/** The tools of the report channel: what a session can tell pilot. Texts are bounded, so that no session fills a disk or a phone. */
const line = (most: number, what: string) => z.string().max(most).describe(what);
const lines = (what: string) => z.array(z.string().max(1000)).max(30).optional().describe(what);

export const channelTools = {
	report: {
		description: 'Report once, when the mission is done. Pilot writes it to the journal.',
		always: true,
		input: {
			summary: line(300, 'One line: the outcome.'),
			report: line(100_000, 'Markdown: what was done, what was found, what is left.'),
			learnings: lines('What the next session on this project should know.'),
			preferences: lines('What you noticed the human prefers.'),
			decisions: lines('What you decided, and why.'),
		},
	},
	remember: {
		description: 'Keep one thing for later sessions.',
		always: false,
		input: {kind: z.enum(['learning', 'preference']), text: line(1000, 'One thing, in one sentence.')},
	},
	propose_mission: {
		description: 'Propose work that should follow. A human decides on it.',
		always: false,
		input: {title: line(200, 'The outcome, in one line.'), description: line(10_000, 'Where and why.').optional()},
	},
	ask_human: {
		description: 'Put a question to the human. Nobody answers at once: go on with a safe default, or end with block.',
		always: true,
		input: {question: line(2000, 'The question, with the choices there are.')},
	},
	block: {
		description: 'Say that the mission cannot go on, and why. It waits for the human then.',
		always: true,
		input: {reason: line(2000, 'What is missing, and who could give it.')},
	},
	progress: {
		description: 'Say in one line how far you are.',
		always: false,
		input: {note: line(300, 'One line.')},
	},
} as const;

export type ChannelTool = keyof typeof channelTools;

export type ChannelCall = {
	[T in ChannelTool]: {readonly tool: T; readonly input: z.infer<z.ZodObject<(typeof channelTools)[T]['input']>>};
}[ChannelTool];

/** A tool call that the rules of a session do not allow by themselves. */
export interface PermissionRequest {
	readonly tool: string;
	readonly input: Readonly<Record<string, unknown>>;
}

/** As Claude Code takes it from its permission prompt tool (2.1.328). */
export type PermissionAnswer =
	| {readonly behavior: 'allow'; readonly updatedInput: Readonly<Record<string, unknown>>}
	| {readonly behavior: 'deny'; readonly message: string};

/** What the supervisor does with what a session says. The token names the session; an unknown one is refused before this. */
export interface ReportChannel {
	/** True for a token of a session that runs now. */
	knows(token: string): boolean;
	/** Gives what the agent is told. */
	call(token: string, call: ChannelCall): Promise<string>;
	/** Whether a tool call may be made; waits for a human perhaps, at most until `gone`. */
	permission(token: string, request: PermissionRequest, gone: AbortSignal): Promise<PermissionAnswer>;
	/** A session is about to end: words that send it on once, or undefined to let it end. */
	atStop(token: string, alreadyAsked: boolean): string | undefined;
	/** A hook of a session with a screen of its own, or its status line (`StatusLine`); gives what the hook is answered. */
	hook(token: string, event: string, body: unknown): unknown;
}
