import {existsSync, rmSync, statSync} from 'node:fs';
import {lstat, readdir} from 'node:fs/promises';
import path from 'node:path';
import {writePrivately} from '../kernel/files.js';

/** Stands beside a checkout from when a session may work in it until what it left is collected. */
const openMark = (checkoutPath: string) => `${checkoutPath}.open`;

/** Stands beside one that stays when its mission has ended: pilot has done nothing in it since. */
const leftMark = (checkoutPath: string) => `${checkoutPath}.left`;

export const markOpen = (checkoutPath: string) => {
	rmSync(leftMark(checkoutPath), {force: true});
	writePrivately(openMark(checkoutPath), '');
};

export const markCollected = (checkoutPath: string) => rmSync(openMark(checkoutPath), {force: true});

export const markLeft = (checkoutPath: string) => {
	if (existsSync(checkoutPath)) writePrivately(leftMark(checkoutPath), '');
};

export const removeMarks = (checkoutPath: string) => {
	markCollected(checkoutPath);
	rmSync(leftMark(checkoutPath), {force: true});
};

/** Whether anything in a folder was written, made, moved or removed after this time. One that cannot be looked at counts as changed. */
async function isChangedSince(folder: string, sinceMs: number): Promise<boolean> {
	const pending = [folder];
	try {
		for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
			if ((await lstat(at)).ctimeMs > sinceMs) return true;
			for (const entry of await readdir(at, {withFileTypes: true})) {
				const below = path.join(at, entry.name);
				if (entry.isDirectory()) pending.push(below);
				else if ((await lstat(below)).ctimeMs > sinceMs) return true;
			}
		}
		return false;
	} catch {
		return true;
	}
}

/** Whether a checkout holds what is nowhere else: a session's work that was not collected, or what a human did in it afterwards. */
export async function mustStay(checkoutPath: string): Promise<boolean> {
	if (!existsSync(checkoutPath)) return false;
	if (existsSync(openMark(checkoutPath))) return true;
	const left = statSync(leftMark(checkoutPath), {throwIfNoEntry: false});
	return left !== undefined && isChangedSince(checkoutPath, left.ctimeMs);
}
