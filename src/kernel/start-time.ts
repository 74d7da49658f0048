import {readFileSync} from 'node:fs';

/**
 * When a process began, in clock ticks since the machine did; undefined when there is no such process, it is a zombie, or there is
 * no /proc. A pid is given away again; a pid with its start time is not.
 *
 * @see proc(5), /proc/PID/stat, fields 3 and 22; the name in field 2 may hold spaces and brackets.
 */
export function startTimeOf(pid: number): number | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return fields[0] === 'Z' || fields[0] === 'X' ? undefined : Number(fields[19]);
	} catch {
		return;
	}
}
