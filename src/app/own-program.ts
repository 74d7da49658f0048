import {realpathSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {findProgram} from '../kernel/find-program.js';

/** The command that runs this very program again. */
export const ownProgram = (): string[] => [process.execPath, realpathSync(process.argv[1] ?? '')];

/** Where the program itself lies; from a clone, the clone. */
export const ownFolder = (): string => fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** What a human types to run it: its name where the shell finds it, else what npm needs for it. */
export function ownName(env: Readonly<Record<string, string | undefined>>): string {
	if (env.npm_command === 'exec') return 'npx pilot-tui';
	return findProgram('pilot-tui', env.PATH, '/') ? 'pilot-tui' : `npm --prefix ${ownFolder()} start --silent --`;
}
