import {expect, test} from 'vitest';
import {containerMark} from '../../src/kernel/container.js';
import {scratch, writeTree} from '../support/workspace.js';

const mount = (source: string, where: string) =>
	`22 1 8:1 ${source} ${where} rw,relatime shared:1 - ext4 /dev/sda1 rw\n`;
const overlay = (lower: string) =>
	`600 500 0:50 / / rw,relatime - overlay overlay rw,lowerdir=${lower}/l/A:${lower}/l/B,upperdir=${lower}/x/diff\n`;

const host = {
	'proc/1/environ': 'HOME=/\0TERM=linux\0',
	'proc/1/cgroup': '12:pids:/init.scope\n0::/init.scope\n',
	'proc/1/mountinfo': `${mount('/', '/')}${mount('/var/lib/docker/overlay2/x', '/mnt')}`,
};

test.for<[string, Record<string, string>, string | undefined]>([
	['a machine of its own, with docker on it', host, undefined],
	['nothing to be read', {}, undefined],
	['an empty container=', {...host, 'proc/1/environ': 'container=\0'}, undefined],
	['a variable that ends in container', {...host, 'proc/1/environ': 'A=1\0my_container=docker\0'}, undefined],
	['docker', {...host, '.dockerenv': ''}, '/.dockerenv is there'],
	['a toolbox, which has the human’s home', {...host, 'run/.containerenv': '', 'run/.toolboxenv': ''}, undefined],
	['docker with the engine’s socket in it', {...host, '.dockerenv': '', 'run/docker.sock': ''}, undefined],
	['podman', {...host, 'run/.containerenv': ''}, '/run/.containerenv is there'],
	['nspawn', {...host, 'run/systemd/container': 'systemd-nspawn'}, '/run/systemd/container is there'],
	['lxc by its first process', {...host, 'proc/1/environ': 'A=1\0container=lxc\0'}, 'container=lxc'],
	[
		'cgroup v1',
		{...host, 'proc/1/cgroup': '9:pids:/docker/0123abcd\n1:name=systemd:/docker/0123abcd\n'},
		'control group',
	],
	[
		'kubernetes',
		{...host, 'proc/1/cgroup': '0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-0.scope\n'},
		'control group',
	],
	[
		'cgroup v2, own namespace',
		{'proc/1/cgroup': '0::/\n', 'proc/1/mountinfo': overlay('/var/lib/docker/overlay2')},
		'image',
	],
	[
		'podman without its file',
		{'proc/1/mountinfo': overlay('/home/me/.local/share/containers/storage/overlay')},
		'image',
	],
])('%s', ([, files, mark]) => {
	using place = scratch();
	writeTree(place.dir, files);
	const found = containerMark(place.dir);
	if (mark === undefined) expect(found).toBeUndefined();
	else expect(found).toContain(mark);
});

test('a distrobox is known by its variables', () => {
	using place = scratch('pilot-box');
	writeTree(place.dir, {'run/.containerenv': ''});
	expect(containerMark(place.dir, {})).toContain('.containerenv');
	expect(containerMark(place.dir, {DISTROBOX_ENTER_PATH: '/usr/bin/distrobox-enter'})).toBeUndefined();
});
