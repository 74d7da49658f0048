import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';

const textOf = (file: string) => {
	try {
		return readFileSync(file, 'latin1');
	} catch {
		return ''; // not there, or not ours to read
	}
};

/**
 * What makes a container hold nothing in: a toolbox or distrobox has the human's home and their programs, and the engine's socket is the
 * machine itself.
 */
const openFiles = ['run/.toolboxenv', 'run/docker.sock', 'var/run/docker.sock', 'run/podman/podman.sock'];
const openNames = ['DISTROBOX_ENTER_PATH', 'TOOLBOX_PATH', 'WSL_DISTRO_NAME'];

/** Files that container engines put into each of theirs. */
const markFiles = ['.dockerenv', 'run/.containerenv', 'run/systemd/container'];

/** Names of engines in the paths of control groups (v1), and of the file systems that a container's root is mounted from. */
const inGroups = /[/:](docker|containerd|kubepods|libpod|podman|lxc|garden|buildkit)[-./:\n]/;
const inRootMount = /\/(docker|containerd|containers\/storage|kubelet|lxc|podman)\//;

/** The line of a mountinfo that mounts `/`: its root, file system and options. */
const rootMount = (mountinfo: string) => mountinfo.split('\n').find(line => line.split(' ')[4] === '/') ?? '';

/**
 * What shows that this process runs in a container that holds it in, in words; undefined when nothing does. It says nothing about what
 * else of the outside was mounted into it.
 *
 * @param root The folder that is taken for `/`.
 */
export function containerMark(
	root = '/',
	env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
	if (openFiles.some(name => existsSync(path.join(root, name))) || openNames.some(name => env[name])) return;
	const file = markFiles.find(name => existsSync(path.join(root, name)));
	if (file) return `/${file} is there`;
	const named = /(?:^|\0)container=([^\0]+)/.exec(textOf(path.join(root, 'proc/1/environ')))?.[1];
	if (named) return `process 1 says container=${named}`;
	if (inGroups.test(textOf(path.join(root, 'proc/1/cgroup')))) return 'the control group of process 1 is a container’s';
	if (inRootMount.test(rootMount(textOf(path.join(root, 'proc/1/mountinfo')))))
		return '/ is mounted from a container’s image';
	return;
}
