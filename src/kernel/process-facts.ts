import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

const textOf = (pid: number, name: string) => {
	try {
		return readFileSync(`/proc/${pid}/${name}`, 'latin1');
	} catch {
		return ''; // gone meanwhile, or another user's
	}
};

/** Arguments of a process; '' where there are none to be seen. */
export const argumentsOf = (pid: number): string => textOf(pid, 'cmdline').replaceAll('\0', ' ').trim();

/** `NAME=value`, as they were when it started. */
export const environmentOf = (pid: number): string[] => textOf(pid, 'environ').split('\0').filter(Boolean);

/** The folder it works in; '' where that is not to be seen. */
export function folderOf(pid: number): string {
	try {
		return readlinkSync(`/proc/${pid}/cwd`);
	} catch {
		return '';
	}
}

export interface ProcessFacts {
	readonly name: string;
	readonly parent: number;
	readonly hasTerminal: boolean;
}

/** @see proc(5), /proc/PID/stat, fields 2, 4 and 7; undefined when there is no such process. */
export function factsOf(pid: number): ProcessFacts | undefined {
	const stat = textOf(pid, 'stat');
	const end = stat.lastIndexOf(')');
	if (end < 0) return;
	const fields = stat.slice(end + 2).split(' ');
	return {name: stat.slice(stat.indexOf('(') + 1, end), parent: Number(fields[1]), hasTerminal: fields[4] !== '0'};
}

/** Every process but this one and the first; none where there is no /proc. */
export function otherPids(): number[] {
	try {
		return readdirSync('/proc')
			.map(Number)
			.filter(pid => pid > 1 && pid !== process.pid);
	} catch {
		return [];
	}
}
