import {execFileSync, spawnSync} from 'node:child_process';
import {closeSync, mkdirSync, openSync, truncateSync} from 'node:fs';
import path from 'node:path';

const run = (file: string, ...args: string[]) =>
	execFileSync(file, args, {stdio: ['ignore', 'pipe', 'pipe']}).toString();

/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: from now on nothing reaches the disk, not even what is in the journal's memory. */
const shutDown = `
import fcntl, os, struct, sys
fd = os.open(sys.argv[1], os.O_RDONLY)
fcntl.ioctl(fd, 0x8004587d, struct.pack('I', 2))
`;

/** An ext4 file system in a file, whose power can be cut. */
export interface LoopDisk {
	readonly folder: string;
	/** What was written and not yet synced is lost. */
	cutPower(): void;
	/** After a cut: unmounts and mounts again, so that the file system repairs itself. */
	restart(): void;
	[Symbol.dispose](): void;
}

/** Why there can be none here; undefined: there can. */
export function noLoopDisk(): string | undefined {
	if (process.getuid?.() !== 0) return 'root, to mount a loop device';
	for (const [tool, ...args] of [
		['mkfs.ext4', '-V'],
		['python3', '--version'],
	] as const)
		if (spawnSync(tool, args).status !== 0) return tool;
	return;
}

export function makeLoopDisk(dir: string, options: readonly string[]): LoopDisk {
	const image = path.join(dir, 'disk.img');
	const folder = path.join(dir, 'disk');
	mkdirSync(folder);
	closeSync(openSync(image, 'w'));
	truncateSync(image, 128 * 1024 * 1024);
	run('mkfs.ext4', '-q', '-F', image);
	const mount = () => run('mount', '-o', ['loop', ...options].join(','), image, folder);
	mount();
	return {
		folder,
		cutPower: () => void run('python3', '-c', shutDown, folder),
		restart() {
			run('umount', folder);
			mount();
		},
		[Symbol.dispose]: () => void spawnSync('umount', ['-l', folder]),
	};
}
