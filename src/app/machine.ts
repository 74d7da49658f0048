import {createHash, randomBytes} from 'node:crypto';
import {hostname} from 'node:os';
import path from 'node:path';
import {readIfThere, writeDurably} from '../kernel/files.js';

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';
/** Four letters with vowels among them are too often a word. */
const wordless = '23456789bcdfghjkmnpqrstvwxz';

/** Six characters of 0-9 and a-z behind a prefix: `m-4k2p9q`; four for an approval, which is typed and soon over. */
export function randomId(prefix: 'm' | 's' | 'h' | 'a'): string {
	const [count, from] = prefix === 'a' ? [4, wordless] : [6, letters];
	return `${prefix}-${[...randomBytes(count)].map(byte => from[byte % from.length]).join('')}`;
}

const place = (workspace: string) =>
	createHash('sha256').update(`${hostname()}\0${workspace}`).digest('hex').slice(0, 16);

/**
 * The random id of this machine in this workspace. It is bound to host and path, so that a copied folder gets one of its own and two
 * copies never write the same state file.
 */
export function machineId(pilotDir: string, workspace: string): string {
	const file = path.join(pilotDir, 'machine');
	const [id, where] = (readIfThere(file)?.toString('utf8') ?? '').trim().split(' ');
	if (id && /^h-[0-9a-z]{6}$/.test(id) && where === place(workspace)) return id;
	const fresh = randomId('h');
	writeMachineId(pilotDir, workspace, fresh);
	return fresh;
}

export const writeMachineId = (pilotDir: string, workspace: string, id: string) =>
	writeDurably(path.join(pilotDir, 'machine'), `${id} ${place(workspace)}\n`, {mode: 0o600});
