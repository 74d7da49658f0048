import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {folderTrouble, mountOf, type Place, placeOf} from '../../src/kernel/unsure-folder.js';
import {scratch} from '../support/workspace.js';

const place = (more: Partial<Place>): Place => ({
	type: 0xef53,
	mount: 'ext4',
	path: '/home/me/missions',
	marks: [],
	...more,
});

describe('where locks and fsync may not hold', () => {
	test.each([
		['NFS', {type: 0x6969, mount: 'nfs4'}],
		['CIFS', {type: 0xff534d42, mount: 'cifs'}],
		// As a machine of 32 bits gives the same number.
		['CIFS', {type: 0xff534d42 | 0, mount: 'cifs'}],
		['SMB', {type: 0xfe534d42, mount: 'smb3'}],
		['9p', {type: 0x01021997, mount: '9p'}],
		['sshfs', {type: 0x65735546, mount: 'fuse.sshfs'}],
		['rclone', {type: 0x65735546, mount: 'fuse.rclone'}],
	])('%s is told', (name, more) => {
		expect(folderTrouble(place(more))).toContain(`lies on ${name}:`);
	});

	test.each([
		['ext4', {}],
		['tmpfs', {type: 0x01021994, mount: 'tmpfs'}],
		['a container', {type: 0x794c7630, mount: 'overlay'}],
		['a rootless container', {type: 0x65735546, mount: 'fuse.fuse-overlayfs'}],
		['a local NTFS', {type: 0x65735546, mount: 'fuseblk'}],
		['a FUSE of no name', {type: 0x65735546, mount: ''}],
		['a name that only begins so', {path: '/home/me/Dropbox-tools/missions'}],
		['btrfs', {type: 0x9123683e, mount: 'btrfs'}],
	])('%s is not', (_name, more) => {
		expect(folderTrouble(place(more))).toBeUndefined();
	});

	test.each([
		['Dropbox', {path: '/home/me/Dropbox (Personal)/missions'}],
		['OneDrive', {path: '/mnt/data/OneDrive - Acme/missions'}],
		['Google Drive', {path: '/Users/me/Library/CloudStorage/GoogleDrive-me@example.com/missions'}],
		['iCloud', {path: '/Users/me/Library/Mobile Documents/com~apple~CloudDocs/missions'}],
		['Syncthing', {marks: ['/home/me/.stfolder']}],
		['Dropbox', {marks: ['/home/me/Work/.dropbox']}],
	])('a folder of %s is told', (name, more) => {
		expect(folderTrouble(place(more))).toContain(`in step by ${name}`);
	});
});

const mountinfo = [
	'31 1 8:1 / / rw - ext4 /dev/sda1 rw',
	'50 31 0:40 / /home/me/my\\040box rw - fuse.sshfs box: rw',
	'51 31 0:41 / /home/me/my rw - tmpfs tmpfs rw',
	'52 31 0:42 / /srv rw - ext4 /dev/sdb1 rw',
	'53 52 0:43 / /srv rw shared:1 - nfs4 box:/srv rw',
].join('\n');

test.each([
	['/home/me/my box/missions', 'fuse.sshfs'],
	['/home/me/my', 'tmpfs'],
	['/home/me/mystery', 'ext4'],
	['/srv/missions', 'nfs4'],
	['/', 'ext4'],
])('%s is mounted as %s', (folder, kind) => {
	expect(mountOf(folder, mountinfo)).toBe(kind);
});

test('of a real folder on a local disk nothing is said, with the marks of a synced one it is', () => {
	using folder = scratch('unsure');
	const workspace = path.join(folder.dir, 'notes', 'missions');
	mkdirSync(workspace, {recursive: true});
	expect(folderTrouble(placeOf(workspace))).toBeUndefined();
	// In a home it is a folder, with what the program keeps for itself.
	mkdirSync(path.join(folder.dir, '.dropbox'));
	expect(folderTrouble(placeOf(workspace))).toBeUndefined();
	writeFileSync(path.join(folder.dir, 'notes', '.dropbox'), '');
	expect(folderTrouble(placeOf(workspace))).toContain('Dropbox');
});
