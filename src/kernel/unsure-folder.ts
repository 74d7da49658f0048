import {lstatSync, readFileSync, realpathSync, statfsSync} from 'node:fs';
import path from 'node:path';

/** Where a folder lies, as it is asked of the machine. */
export interface Place {
	/** `f_type` of statfs(2). */
	readonly type: number;
	/** The kind that mountinfo names, such as `ext4` or `fuse.sshfs`; empty where there is none. */
	readonly mount: string;
	/** Without symbolic links. */
	readonly path: string;
	/** Files found in it and above that a program leaves where it keeps folders in step. */
	readonly marks: readonly string[];
}

/** From linux/magic.h. */
const remoteTypes: ReadonlyMap<number, string> = new Map([
	[0x6969, 'NFS'],
	[0x517b, 'SMB'],
	[0xff534d42, 'CIFS'],
	[0xfe534d42, 'SMB'],
	[0x01021997, '9p'],
	[0x5346414f, 'AFS'],
	[0x6b414653, 'AFS'],
	[0x73757245, 'Coda'],
	[0x564c, 'NCP'],
	[0x00c36400, 'Ceph'],
]);

const fuseType = 0x65735546;
/** FUSE by itself says nothing: fuse-overlayfs is a container's disk, fuseblk a local one. These are over the network. */
const remoteFuse =
	/^fuse\.(sshfs|rclone|s3fs|goofys|gcsfuse|mountpoint-s3|blobfuse2?|davfs2?|curlftpfs|glusterfs|ceph(-fuse)?|juicefs|onedriver|google-drive-ocamlfuse|gvfsd-fuse|kio-fuse)$/;

/** By the name that its program gives the folder. */
const syncedNames: readonly (readonly [RegExp, string])[] = [
	[/^Dropbox( \(.+\))?$/, 'Dropbox'],
	[/^OneDrive( - .+)?$/, 'OneDrive'],
	[/^(Google ?Drive|GoogleDrive-.+)$/, 'Google Drive'],
	[/^(iCloudDrive|com~apple~CloudDocs)$/, 'iCloud'],
	[/^Nextcloud$/, 'Nextcloud'],
	[/^ownCloud$/, 'ownCloud'],
];

/** By what lies in the folder. `.dropbox` is a folder in the home of each of its users, and a file in what it keeps in step. */
const syncedMarks: Readonly<Record<string, string>> = {
	'.dropbox': 'Dropbox',
	'.dropbox.cache': 'Dropbox',
	'.stfolder': 'Syncthing',
	'.nextcloudsync.log': 'Nextcloud',
	'.owncloudsync.log': 'ownCloud',
};

function syncedBy({path: place, marks}: Place): string | undefined {
	const marked = marks.map(mark => syncedMarks[path.basename(mark)]).find(name => name !== undefined);
	if (marked) return marked;
	const parts = place.split('/');
	return syncedNames.find(([name]) => parts.some(part => name.test(part)))?.[1];
}

/** Why locks and what was said to be on the disk may not hold there, in words; undefined: nothing that is known speaks against it. */
export function folderTrouble(place: Place): string | undefined {
	const type = place.type >>> 0;
	const remote = remoteTypes.get(type) ?? (type === fuseType ? remoteFuse.exec(place.mount)?.[1] : undefined);
	if (remote) return `${place.path} lies on ${remote}: locks and fsync may not hold what they promise there`;
	const synced = syncedBy(place);
	return (
		synced && `${place.path} is kept in step by ${synced}, as it seems: that writes the pilot's files behind its back`
	);
}

const unescaped = (text: string) =>
	text.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));

/** The kind of the mount that holds a folder: the longest mount point above it, of two at one place the later. */
export function mountOf(folder: string, mountinfo: string): string {
	let longest = {at: '', kind: ''};
	for (const line of mountinfo.split('\n')) {
		const [head = '', tail = ''] = line.split(' - ');
		const at = unescaped(head.split(' ')[4] ?? '');
		const holds = at !== '' && (at === '/' || folder === at || folder.startsWith(`${at}/`));
		if (holds && at.length >= longest.at.length) longest = {at, kind: tail.split(' ')[0] ?? ''};
	}
	return longest.kind;
}

function marksAbove(folder: string): string[] {
	const found = Object.keys(syncedMarks)
		.map(name => path.join(folder, name))
		.filter(file => {
			const stat = lstatSync(file, {throwIfNoEntry: false});
			return stat !== undefined && (path.basename(file) !== '.dropbox' || stat.isFile());
		});
	const above = path.dirname(folder);
	return above === folder ? found : [...found, ...marksAbove(above)];
}

const textOf = (file: string) => {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return ''; // not Linux
	}
};

/** Asks the machine where a folder lies. Throws what the folder's file system throws. */
export function placeOf(folder: string): Place {
	const real = realpathSync(folder);
	return {
		type: statfsSync(real).type,
		mount: mountOf(real, textOf('/proc/self/mountinfo')),
		path: real,
		marks: marksAbove(real),
	};
}

export const keepLocal = 'Keep the workspace on a local disk, and let git carry it to other machines.';
