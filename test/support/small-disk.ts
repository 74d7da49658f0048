import {execFileSync, spawnSync} from 'node:child_process';
import {closeSync, mkdirSync, openSync, rmSync, writeSync} from 'node:fs';
import path from 'node:path';

/** A file system in memory that has room for so many MB. */
export interface SmallDisk {
	readonly folder: string;
	/** Leaves not a byte free. */
	fill(): void;
	free(): void;
	setReadOnly(isReadOnly: boolean): void;
	[Symbol.dispose](): void;
}

/** True where file systems can be mounted: as root. */
export const canMount = () => process.getuid?.() === 0;

export function makeSmallDisk(dir: string, megabytes: number): SmallDisk {
	const folder = path.join(dir, 'disk');
	const filling = path.join(folder, 'filling');
	mkdirSync(folder);
	const mount = (...args: string[]) => execFileSync('mount', [...args, folder], {stdio: 'ignore'});
	mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none');
	return {
		folder,
		fill() {
			const handle = openSync(filling, 'a');
			const page = Buffer.alloc(4096);
			try {
				for (;;) writeSync(handle, page);
			} catch {
				closeSync(handle); // full
			}
		},
		free: () => rmSync(filling, {force: true}),
		setReadOnly: isReadOnly => mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`),
		[Symbol.dispose]: () => void spawnSync('umount', ['-l', folder]),
	};
}
