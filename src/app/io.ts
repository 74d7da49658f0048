import {text} from 'node:stream/consumers';
import {plainJson, plainLines} from '../view/plain-text.js';
import type {Io} from './define-command.js';

/** A reader that has gone (`| head`) is no error. */
function quietly(stream: NodeJS.WriteStream) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
}

/** Much of what is said comes from agents and files: whatever is in it, only text reaches the terminal. */
export function processIo({noColour = false, json = false}: {noColour?: boolean; json?: boolean} = {}): Io {
	quietly(process.stdout);
	const plain = json ? plainJson : plainLines;
	return {
		out: line => void process.stdout.write(`${plain(line)}\n`),
		err: line => void process.stderr.write(`${plainLines(line)}\n`),
		stdin: () => text(process.stdin),
		isTerminal: Boolean(process.stdout.isTTY && process.stdin.isTTY),
		columns: process.stdout.columns || 80,
		colour: !noColour && Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
	};
}
