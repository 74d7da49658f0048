/** An error the user can act on. `code` is permanent: docs and tests search for it. */
export class PilotError extends Error {
	override readonly name = 'PilotError';
	readonly code: string;
	readonly todo: string;
	readonly exitCode: number;

	constructor(
		code: string,
		{what, todo, cause, exitCode = 1}: {what: string; todo: string; cause?: unknown; exitCode?: number},
	) {
		super(what, {cause});
		this.code = code;
		this.todo = todo;
		this.exitCode = exitCode;
	}
}

/** Every exit code of every verb; scripts rely on them. */
export const ExitCode = {
	fine: 0,
	failed: 1,
	usage: 2,
	owned: 3,
	notRunning: 4,
	internal: 70,
	storage: 74,
	interrupted: 130,
} as const;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
