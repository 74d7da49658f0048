import {spawnSync} from 'node:child_process';
import path from 'node:path';
import type {Config} from '../domain/config.js';
import {PilotError} from '../domain/pilot-error.js';
import {findProgram} from '../kernel/find-program.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What is missing for a sandbox here; undefined when there is one. Found out by trying: a container may forbid what is installed. */
export function sandboxTrouble(env: Env): string | undefined {
	const [bwrap, socat] = ['bwrap', 'socat'].map(name => findProgram(name, env.PATH, '/'));
	if (!bwrap) return 'bubblewrap is not installed';
	if (!socat) return 'socat is not installed';
	const {status} = spawnSync(
		bwrap,
		['--ro-bind', '/', '/', '--dev', '/dev', '--unshare-net', '--unshare-pid', 'true'],
		{
			stdio: 'ignore',
			timeout: 5000,
		},
	);
	return status === 0 ? undefined : 'bubblewrap may not make namespaces here';
}

const known = new Map<string, string | undefined>();

/** The same, asked once a process: what is installed at night is for the next start. */
export function sandboxNow(env: Env): string | undefined {
	const key = env.PATH ?? '';
	if (!known.has(key)) known.set(key, sandboxTrouble(env));
	return known.get(key);
}

/** What a session has no business to read, in the human's home. */
const private_ = [
	'.ssh',
	'.aws',
	'.gnupg',
	'.kube',
	'.docker',
	'.netrc',
	'.config/gh',
	'.config/gcloud',
	'.git-credentials',
];

interface SandboxRequest {
	readonly config: Config;
	readonly access: 'read' | 'write' | 'trusted';
	readonly cwd: string;
	readonly env: Env;
	/** Folders and files of pilot's own. */
	readonly own: readonly string[];
}

/**
 * Claude Code's own sandbox for the commands it runs: writes in the checkout only, none at all for a read session, no secrets of the
 * home, and no network but the package registries. undefined where there is none, or it is off.
 *
 * @see https://code.claude.com/docs/en/sandboxing and claude 2.1.328: without `failIfUnavailable` it goes on unsandboxed with a warning.
 * @throws {PilotError} NO_SANDBOX when it is required and cannot be had.
 */
export function sandboxSettings({config, access, cwd, env, own}: SandboxRequest): object | undefined {
	const {sandbox, sandboxDomains} = config.claude;
	if (sandbox === 'off' || access === 'trusted') return;
	const trouble = sandboxNow(env);
	if (trouble && sandbox === 'auto') return;
	if (trouble)
		throw new PilotError('NO_SANDBOX', {
			what: `config.yaml says claude.sandbox: required, and there is none: ${trouble}.`,
			todo: 'apt install bubblewrap socat (or what your system calls them), or set claude.sandbox to auto.',
		});
	const home = env.HOME ?? '/nonexistent';
	return {
		enabled: true,
		failIfUnavailable: true,
		allowUnsandboxedCommands: false,
		// Nobody is there to ask: within the sandbox a write session may run what its work needs.
		autoAllowBashIfSandboxed: access !== 'read',
		filesystem: {
			denyRead: [...private_.map(name => path.join(home, name)), ...own],
			...(access === 'read' ? {denyWrite: [cwd]} : {}),
		},
		// Claude Code's own http hooks go through the sandbox's proxy as well: without this machine, nothing comes to pilot.
		network: {allowedDomains: ['127.0.0.1', ...sandboxDomains], allowLocalBinding: true},
	};
}
