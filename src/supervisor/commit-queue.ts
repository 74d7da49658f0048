import type {Context} from './context.js';

/** Commits missions.md when git has time; a failure is told by the next step that needs git. */
export const commitQueue = ({git, log}: Pick<Context, 'git' | 'log'>, message: string) => {
	git
		?.commit(['missions.md'], message)
		.then(commit => (commit && git.remote ? git.push() : undefined))
		.catch(error => log.warn(`commit: ${String(error)}`));
};
