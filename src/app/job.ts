import {execFileSync} from 'node:child_process';

/** A process of this machine: its group, and the group that its terminal listens to. */
interface Row {
	readonly pid: number;
	readonly parent: number;
	readonly group: number;
	readonly foreground: number;
}

function processes(): Row[] {
	const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,tpgid='], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return text.split('\n').map(line => {
		const [pid = 0, parent = 0, group = 0, foreground = 0] = line.trim().split(/\s+/).map(Number);
		return {pid, parent, group, foreground};
	});
}

/**
 * True when this process's group is the one at the terminal, and somebody on that terminal waits for it, as a shell does.
 * Without one, nobody would ever let a stopped group go on: the kernel ignores Ctrl-Z there.
 *
 * @param rows All processes.
 * @see POSIX.1-2024, 3.236 "Orphaned process group".
 */
function isJob(pid: number, rows: readonly Row[]): boolean {
	const byPid = new Map(rows.map(row => [row.pid, row]));
	const own = byPid.get(pid);
	if (!own || own.foreground !== own.group) return false;
	return rows.some(({group, parent}) => {
		const waiting = byPid.get(parent);
		return group === own.group && waiting?.foreground === own.foreground && waiting.group !== group;
	});
}

/** Whether there is a shell to go back to. A system that cannot tell is taken for one with a shell. */
export function hasShell(): boolean {
	try {
		return isJob(process.pid, processes());
	} catch {
		return true;
	}
}
