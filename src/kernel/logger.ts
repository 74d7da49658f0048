import {existsSync, renameSync, statSync} from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import {makeFolder} from './make-folder.js';

const largestBytes = 10_000_000;
const filesKept = 10;

export interface Logger {
	info(line: string, details?: object): void;
	warn(line: string, details?: object): void;
	error(line: string, details?: object): void;
	debug(line: string, details?: object): void;
}

const isFull = (file: string) => existsSync(file) && statSync(file).size >= largestBytes;

function rotate(file: string) {
	for (let n = filesKept - 1; n >= 1; n--) {
		if (existsSync(`${file}.${n}`)) renameSync(`${file}.${n}`, `${file}.${n + 1}`);
	}
	renameSync(file, `${file}.1`);
}

/** Lines of JSON in a file, each written before the call returns; ten files of 10 MB. `PILOT_DEBUG` adds the debug lines. */
export function createLogger(file: string, redact: (text: string) => string, debug: boolean): Logger {
	makeFolder(path.dirname(file), 0o700);
	if (isFull(file)) rotate(file);
	const destination = pino.destination({dest: file, sync: true, mode: 0o600});
	let written = existsSync(file) ? statSync(file).size : 0;
	const out = pino(
		{level: debug ? 'debug' : 'info', base: {pid: process.pid}, timestamp: pino.stdTimeFunctions.isoTime},
		{
			write(line: string) {
				const text = redact(line);
				written += Buffer.byteLength(text);
				try {
					if (written > largestBytes) {
						rotate(file);
						destination.reopen();
						written = Buffer.byteLength(text);
					}
					destination.write(text);
				} catch {
					// A log that cannot be written must never stop the pilot; storage trouble is told by those who need the storage.
				}
			},
		},
	);
	const at = (level: 'info' | 'warn' | 'error' | 'debug') => (line: string, details?: object) =>
		out[level](details ?? {}, line);
	return {info: at('info'), warn: at('warn'), error: at('error'), debug: at('debug')};
}
