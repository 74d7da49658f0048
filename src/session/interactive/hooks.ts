import {about, list, object, text} from '../stream/json.js';

/** The http hooks that an interactive session tells pilot by; the names are Claude Code's (2.1.328). */
export const hookEvents = [
	'UserPromptSubmit',
	'PreToolUse',
	'PostToolUse',
	'PermissionRequest',
	'Notification',
	'SubagentStop',
	'Stop',
	'StopFailure',
	'SessionEnd',
] as const;

/** What a hook tells. `other`: nothing that pilot has a use for but that it came. */
export type Hook =
	| {readonly kind: 'start'}
	| {readonly kind: 'prompt'; readonly text: string; readonly byHuman: boolean}
	| {readonly kind: 'tool'; readonly name: string; readonly about: string}
	| {readonly kind: 'tool-done'; readonly name: string}
	| {readonly kind: 'permission'; readonly name: string; readonly about: string}
	| {readonly kind: 'notice'; readonly type: string; readonly message: string}
	| {readonly kind: 'stop'; readonly again: boolean; readonly background: number; readonly lastWords: string}
	| {readonly kind: 'failure'; readonly error: string; readonly lastWords: string}
	| {readonly kind: 'end'; readonly reason: string}
	| {readonly kind: 'other'; readonly event: string};

const oneLine = (value: string, most: number) => value.replaceAll(/\s+/g, ' ').trim().slice(0, most);

/** A prompt that the program gave itself when something in the background ended. */
const isNotice = (prompt: string) => prompt.trimStart().startsWith('<task-notification');

/** Reads the body of a hook; never throws, whatever came. */
export function readHook(event: string, body: unknown): Hook {
	const of = object(body);
	const tool = {name: oneLine(text(of.tool_name), 80), about: oneLine(about(object(of.tool_input)), 80)};
	switch (event) {
		case 'SessionStart':
			return {kind: 'start'};
		case 'UserPromptSubmit':
			return {kind: 'prompt', text: text(of.prompt), byHuman: !isNotice(text(of.prompt))};
		case 'PreToolUse':
			return {kind: 'tool', ...tool};
		case 'PostToolUse':
			return {kind: 'tool-done', name: tool.name};
		case 'PermissionRequest':
			return {kind: 'permission', ...tool};
		case 'Notification':
			return {kind: 'notice', type: text(of.notification_type), message: oneLine(text(of.message), 120)};
		case 'Stop': {
			const background = list(of.background_tasks).length + list(of.session_crons).length;
			return {
				kind: 'stop',
				again: of.stop_hook_active === true,
				background,
				lastWords: text(of.last_assistant_message),
			};
		}
		case 'StopFailure':
			return {kind: 'failure', error: text(of.error) || 'unknown', lastWords: text(of.last_assistant_message)};
		case 'SessionEnd':
			return {kind: 'end', reason: text(of.reason)};
		default:
			return {kind: 'other', event};
	}
}

/** Where the session's transcript lies; every hook says it. */
export const transcriptPathOf = (body: unknown): string | undefined => text(object(body).transcript_path) || undefined;

/** A `PermissionRequest` that nobody is there to answer. */
export const denial = (message: string) => ({
	hookSpecificOutput: {hookEventName: 'PermissionRequest', decision: {behavior: 'deny', message}},
});

/** A tool that must not even be tried. */
export const refusal = (permissionDecisionReason: string) => ({
	hookSpecificOutput: {hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason},
});
