import {readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';

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

/** Of a clock tick in /proc, whatever the kernel's own are (USER_HZ, 100 a second on every Linux that Node runs on). */
const tickMs = 10;

/**
 * When a process with this start time began, ms since epoch: the earlier of two reckonings, each of which can only be too late. From the
 * start of this process, which has an older start time when it took the place of a shell; and from the machine's, of which a
 * container may have been told a later one.
 *
 * @returns undefined where there is no /proc.
 */
export function startedAtMs(startTime: number): number | undefined {
	const own = startTimeOf(process.pid);
	if (own === undefined) return;
	const uptimeMs = Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * 1000;
	return Math.min(performance.timeOrigin + (startTime - own) * tickMs, Date.now() - uptimeMs + startTime * tickMs);
}
