import {EventEmitter} from 'node:events';

/** A terminal to whoever writes to it; what is written goes to `take` and nowhere else. */
export class VirtualStdout extends EventEmitter {
	readonly isTTY = true;
	readonly writable = true;
	columns: number;
	rows: number;
	readonly #take: (text: string) => void;

	constructor(columns: number, rows: number, take: (text: string) => void) {
		super();
		this.columns = columns;
		this.rows = rows;
		this.#take = take;
	}

	write(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
		this.#take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
		const done = rest.at(-1);
		if (typeof done === 'function') queueMicrotask(() => done());
		return true;
	}

	resize(columns: number, rows: number): void {
		this.columns = columns;
		this.rows = rows;
		this.emit('resize');
	}
}
