import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** True where strace is there and may trace. */
export const canTrace = () => spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

export interface TracedCall {
	readonly syscall: string;
	/** 1 for the first of its kind; what strace calls `when`. */
	readonly nth: number;
}

/** What changes files. `openat` counts only where it may create one. */
export const changingCalls = ['openat', 'write', 'ftruncate', 'fdatasync', 'fsync', 'rename', 'unlink'] as const;

/** A call's first file, by the path in its arguments or, of a descriptor, as strace's -y prints it. */
function fileOf(line: string): string {
	const named = line.startsWith('openat(') || line.startsWith('rename(') || line.startsWith('unlink(');
	return (named ? /"([^"]*)/ : /<([^>]*)>/).exec(line)?.[1] ?? '';
}

/** The calls of a trace that change something below a folder. */
export function changesIn(traceFile: string, folder: string): TracedCall[] {
	const counts = new Map<string, number>();
	return readFileSync(traceFile, 'utf8')
		.split('\n')
		.flatMap(line => {
			const syscall = /^(\w+)\(/.exec(line)?.[1];
			if (!syscall) return [];
			const nth = (counts.get(syscall) ?? 0) + 1;
			counts.set(syscall, nth);
			const changes = syscall !== 'openat' || line.includes('O_CREAT');
			return changes && fileOf(line).startsWith(`${folder}/`) ? [{syscall, nth}] : [];
		});
}
