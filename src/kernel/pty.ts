import type {Readable} from 'node:stream';
import type {IPty} from 'node-pty';
import {spawn} from 'node-pty';
import {createPtyInput} from './pty-input.js';
import {readTogether} from './read-together.js';

export interface PtyOptions {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	readonly cols: number;
	readonly rows: number;
}

/** One process in a pseudo-terminal. Calls after its end do nothing: the pid may belong to somebody else by then. */
export interface Pty {
	readonly pid: number;
	readonly hasEnded: boolean;
	onData(listener: (bytes: Buffer) => void): void;
	/** Called once, after the last data. exitCode null: ended by a signal. */
	onExit(listener: (exit: {exitCode: number | null; signal?: number}) => void): void;
	/** Takes the whole text, or none of it: false when too much waits for a program that does not read, or it has ended. Never blocks. */
	write(text: string): boolean;
	resize(cols: number, rows: number): void;
	pause(): void;
	resume(): void;
}

export type SpawnPty = (file: string, args: readonly string[], options: PtyOptions) => Pty;

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, Math.floor(value) || low));

/** What node-pty 1.1.0 has and its types do not say. */
interface Inside {
	readonly fd: number;
	readonly _socket: Readable;
}

/** @see node-pty 1.1.0: resize(0, 0) and resize after the exit throw; a dead pid may have been given away again. */
export const spawnPty: SpawnPty = (file, args, {cwd, env, cols, rows}) => {
	const pty: IPty = spawn(file, [...args], {name: 'xterm-256color', cwd, env: {...env}, cols, rows, encoding: null});
	const {fd, _socket: socket} = pty as unknown as Inside;
	const input = createPtyInput(() => (socket.destroyed ? undefined : fd));
	const listeners: ((bytes: Buffer) => void)[] = [];
	const hear = (bytes: Buffer) => {
		for (const listener of listeners) listener(bytes);
	};
	// With encoding null node-pty hands out Buffers, though its types say string.
	if (!readTogether(socket, hear)) pty.onData(data => hear(data as unknown as Buffer));
	let hasEnded = false;
	pty.onExit(() => {
		hasEnded = true;
		input.end();
	});
	return {
		pid: pty.pid,
		get hasEnded() {
			return hasEnded;
		},
		onData: listener => void listeners.push(listener),
		onExit: listener =>
			void pty.onExit(({exitCode, signal}) => listener(signal ? {exitCode: null, signal} : {exitCode})),
		write: text => !hasEnded && input.write(text),
		resize: (newCols, newRows) => {
			if (hasEnded) return;
			try {
				pty.resize(clamp(newCols, 2, 1000), clamp(newRows, 1, 1000));
			} catch {
				// Its terminal is closed already, and the news of its end is on the way.
			}
		},
		pause: () => {
			if (!hasEnded) pty.pause();
		},
		resume: () => {
			if (!hasEnded) pty.resume();
		},
	};
};
