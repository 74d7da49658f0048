import {EventEmitter} from 'node:events';

/** A keyboard to Ink: what is not a session's, nor an answer of the terminal, is typed here. */
export class VirtualStdin extends EventEmitter {
	readonly isTTY = true;
	readonly #waiting: string[] = [];

	type(text: string): void {
		this.#waiting.push(text);
		this.emit('readable');
	}

	read(): string | null {
		return this.#waiting.shift() ?? null;
	}

	setEncoding(): this {
		return this;
	}

	/** The real terminal's mode is not Ink's to set. */
	setRawMode(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	resume(): this {
		return this;
	}

	pause(): this {
		return this;
	}
}
