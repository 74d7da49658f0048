import type {ControlClient} from '../control/client.js';

/** Where a command reads and writes; tests pass their own. */
export interface Io {
	out(line: string): void;
	err(line: string): void;
	/** All of standard input. */
	stdin(): Promise<string>;
	readonly isTerminal: boolean;
	readonly columns: number;
	readonly colour: boolean;
}

export interface CommandContext {
	readonly args: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | undefined>>;
	readonly json: boolean;
	readonly io: Io;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Where paths given by the human start from. */
	readonly cwd: string;
	/** The workspace; throws NO_WORKSPACE. */
	workspace(): string;
	/** The workspace, if there is one. */
	findWorkspace(): string | undefined;
	control(): ControlClient;
}

export interface CommandSpec {
	readonly name: string;
	/** One sentence. */
	readonly summary: string;
	/** Commander's notation: `<title...>`, `[id]`. */
	readonly args?: readonly (readonly [name: string, about: string])[];
	readonly options?: readonly (readonly [flags: string, about: string])[];
	readonly example: string;
	/** Hidden verbs are part of the machinery. */
	readonly hidden?: boolean;
	/** Gives the exit code. */
	run(context: CommandContext): Promise<number>;
}

export const defineCommand = (command: CommandSpec) => command;
