import type {Config} from '../domain/config.js';
import {PilotError} from '../domain/pilot-error.js';
import {containerMark} from '../kernel/container.js';
import {sandboxNow} from './claude-sandbox.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What holds a session in that is asked for no permission. */
export type Isolation =
	| {readonly kind: 'container'; readonly mark: string}
	/** Of commands alone: Claude Code's own file tools run outside of it (measured with 2.1.328: Write wrote anywhere). */
	| {readonly kind: 'sandbox'}
	| {readonly kind: 'none'; readonly why: string};

/** @param root The folder that is taken for `/`. */
export function detectIsolation({claude}: Pick<Config, 'claude'>, env: Env, root = '/'): Isolation {
	const mark = containerMark(root);
	if (mark) return {kind: 'container', mark};
	if (claude.sandbox !== 'required') return {kind: 'none', why: 'no container, and claude.sandbox is not required'};
	const trouble = sandboxNow(env);
	return trouble ? {kind: 'none', why: `no container, and no sandbox: ${trouble}`} : {kind: 'sandbox'};
}

/** True where sessions are to be asked for no permission at all. */
export const wantsBypass = ({agent, claude}: Pick<Config, 'agent' | 'claude'>) =>
	agent === 'claude' && claude.permissionMode === 'bypassPermissions';

export const noIsolation = (why: string) =>
	new PilotError('NO_ISOLATION', {
		what: `config.yaml says claude.permissionMode: bypassPermissions, and nothing would hold a session in: ${why}.`,
		todo: 'Run the pilot in a container, or install bubblewrap and socat and set claude.sandbox: required, or set claude.permissionMode to acceptEdits.',
		exitCode: 2,
	});

/** Why bypassPermissions is refused here; undefined when it is not, or not wanted. */
export function bypassTrouble(config: Config, env: Env, root = '/'): PilotError | undefined {
	if (!wantsBypass(config)) return;
	const isolation = detectIsolation(config, env, root);
	return isolation.kind === 'none' ? noIsolation(isolation.why) : undefined;
}
