import type {Context} from './context.js';

type Committing = Pick<Context, 'git' | 'log'>;

/** Commits a file of the workspace when git has time; a failure is told by the next step that needs git. */
export const commitFile = ({git, log}: Committing, file: string, message: string) => {
	git
		?.commit([file], message)
		.then(commit => (commit && git.remote ? git.push() : undefined))
		.catch(error => log.warn(`commit: ${String(error)}`));
};

export const commitQueue = (context: Committing, message: string) => commitFile(context, 'missions.md', message);
