import {spawnSync} from 'node:child_process';
import {PilotError} from '../domain/pilot-error.js';
import type {SpawnPty} from './pty.js';

/** `--kill-child`: when unshare goes, by whatever signal, the kernel ends the first process of the namespace, and with it all others. */
const ownNamespace = ['--pid', '--fork', '--kill-child', '--mount-proc'];
/** Who is not root needs a user namespace first; in it they are who they were. */
const asMyself = ['--user', '--map-current-user'];

const works = (args: readonly string[]) =>
	spawnSync('unshare', [...args, 'true'], {stdio: 'ignore', timeout: 5000}).status === 0;

/**
 * Starts each program in a PID namespace of its own: whatever it starts ends with it, also what has left its session and dropped
 * its environment.
 *
 * @throws {PilotError} NO_PID_NAMESPACE where that is not allowed; found out by trying.
 */
export function inOwnPids(spawnPty: SpawnPty): SpawnPty {
	const args = [ownNamespace, [...asMyself, ...ownNamespace]].find(works);
	if (!args) {
		throw new PilotError('NO_PID_NAMESPACE', {
			what: 'config.yaml says sessions.ownPids, and this machine does not allow PID namespaces (unshare --pid).',
			todo: 'Run as root or allow user namespaces, or set sessions.ownPids to false.',
			exitCode: 2,
		});
	}
	return (file, rest, options) => spawnPty('unshare', [...args, '--', file, ...rest], options);
}
