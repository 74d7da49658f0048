import {countOf} from '../../domain/count-of.js';
import type {Hands, Phase} from '../voice.js';
import {denial, type Hook, refusal} from './hooks.js';

/** What an agent is told when nobody is there to allow what it wants. */
export const nobody =
	'Nobody is there to allow it. Go on without it, or end with mcp__pilot__block and say what is missing.';

const notAsked = 'Nobody is there to answer. Use mcp__pilot__ask_human, or take the safe way and say so.';

/** The phase that a hook stands for, in the hook's own words. */
export function phaseOfHook(hook: Hook, {attached, taken}: Hands): Phase | undefined {
	switch (hook.kind) {
		case 'start':
			return taken
				? {phase: 'waiting-input', why: 'hook: SessionStart; it is in your hands'}
				: {phase: 'busy', why: 'hook: SessionStart'};
		case 'prompt':
			return {phase: 'busy', why: 'hook: UserPromptSubmit'};
		case 'tool':
			return {phase: 'busy', why: `hook: PreToolUse ${hook.name} ${hook.about}`.trimEnd()};
		case 'tool-done':
			return {phase: 'busy', why: `hook: PostToolUse ${hook.name}`};
		case 'permission': {
			const why = `hook: PermissionRequest ${hook.name} ${hook.about}`.trimEnd();
			return attached ? {phase: 'waiting-permission', why} : {phase: 'busy', why: `${why}: denied, nobody is attached`};
		}
		case 'notice':
			if (hook.type === 'permission_prompt')
				return {phase: 'waiting-permission', why: `hook: Notification ${hook.message}`};
			return hook.type === 'idle_prompt'
				? {phase: 'waiting-input', why: `hook: Notification ${hook.message}`}
				: undefined;
		case 'stop':
			if (hook.background > 0)
				return {phase: 'busy', why: `hook: Stop, and ${countOf(hook.background, 'background task')} left`};
			return taken ? {phase: 'waiting-input', why: 'hook: Stop; it is in your hands'} : undefined;
		case 'failure':
			return taken ? {phase: 'waiting-input', why: `hook: StopFailure ${hook.error}; it is in your hands`} : undefined;
		case 'end':
			return {phase: 'finishing', why: `hook: SessionEnd ${hook.reason}`};
		case 'other':
			return;
	}
}

/** What pilot answers to a question, where nobody is there to do it; undefined leaves it to the dialog. */
export function answerFor(hook: Hook, {attached}: Hands): object | undefined {
	if (attached) return;
	if (hook.kind === 'permission') return denial(nobody);
	return hook.kind === 'tool' && hook.name === 'AskUserQuestion' ? refusal(notAsked) : undefined;
}
