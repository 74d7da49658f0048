import {realpathSync} from 'node:fs';

/** The command that runs this very program again. */
export const ownProgram = (): string[] => [process.execPath, realpathSync(process.argv[1] ?? '')];
