import {messageOf} from '../domain/pilot-error.js';
import type {Clock} from '../kernel/clock.js';
import type {Redactor} from '../kernel/redact.js';
import {createRedactStream} from '../kernel/redact-stream.js';
import type {CastEvent} from './cast.js';
import {type CastFile, openCastFile} from './cast-file.js';
import {isBetween} from './dirty-rows.js';
import {joinText} from './joined-text.js';

/** Writes what a session prints to a file that every asciicast player plays. Nothing here ever throws into the session. */
export interface Recorder {
	/** Text or bytes as the program printed them. */
	output(data: string | Uint8Array): void;
	resize(cols: number, rows: number): void;
	/** A place to jump to: `kind: words` for one of the timeline's kinds, such as `tool: Bash npm test`, or words alone. */
	mark(label: string): void;
	/** Writes what waits, and closes. Everything after it is left out. */
	end(): void;
}

export interface RecorderOptions {
	/** Its folder is made when it is missing. One that is there is gone on with. */
	readonly file: string;
	readonly cols: number;
	readonly rows: number;
	readonly title?: string;
	readonly clock: Pick<Clock, 'now' | 'at'>;
	/** Takes secrets out, also those that are cut between two pieces of output. */
	readonly redact: Redactor;
	/** A file of this size ends with a mark that says so. @default 64 MB */
	readonly mostBytes?: number;
	/** As the session's screen has it: a line end brings the cursor back to the first column. @default false */
	readonly convertEol?: boolean;
	/**
	 * Text that draws the screen as it is when all that `output` was given has been parsed. With it, of a flood only the screen is
	 * kept, twenty times a second: nobody could read more.
	 */
	readonly snapshot?: () => string;
	/** Told once, when the recording ends early because it cannot be written. */
	readonly onTrouble?: (why: string) => void;
}

const defaultMostBytes = 64_000_000;
/** Output of this long, or this much, becomes one event. */
const gatherMs = 50;
const gatherChars = 65_536;

/** Puts a terminal back to its beginning, as the screen of a new process is. */
const fullReset = '\u001bc';

/** Parts of at most 64 K that do not cut a character in two. */
function* partsOf(text: string): Generator<string> {
	for (let from = 0; from < text.length; ) {
		let to = Math.min(text.length, from + gatherChars);
		if (to < text.length && /[\ud800-\udbff]/.test(text.charAt(to - 1))) to--;
		yield text.slice(from, to);
		from = to;
	}
}

/** Opens the file and writes to it for as long as that goes well. */
function createSink(options: RecorderOptions) {
	const {file, cols, rows, title, clock, mostBytes = defaultMostBytes, redact} = options;
	let open: CastFile | undefined;
	const attempt = (run: () => void) => {
		try {
			run();
		} catch (error) {
			const lost = open;
			open = undefined;
			try {
				lost?.close();
			} catch {
				// It is given up already.
			}
			options.onTrouble?.(`${file}: the recording ends here: ${messageOf(error)}`);
		}
	};
	attempt(() => {
		const header = {cols, rows, startedMs: clock.now(), ...(title === undefined ? {} : {title: redact(title)})};
		open = openCastFile(file, header, mostBytes);
	});
	const write = (event: CastEvent) => attempt(() => open?.append(event));
	return {
		isResumed: open?.isResumed ?? false,
		isOpen: () => open !== undefined && !open.isFull,
		/** Milliseconds since the recording began. */
		now: () => Math.max(0, clock.now() - (open?.startedMs ?? 0)),
		write,
		close() {
			attempt(() => open?.close());
			open = undefined;
		},
	};
}

type Sink = ReturnType<typeof createSink>;

/** More than this within one gathering is a flood; it is over when there is less than a quarter of it. */
const floodBytes = 131_072;

/** Says when so much comes that only the screen is worth keeping. */
function createFloodgate(now: () => number) {
	let [sinceMs, bytes, isOpen] = [0, 0, false];
	let last: string | Uint8Array = '';
	return {
		isFlooding: () => isOpen,
		/** Takes the measure of a piece; gives whether it is part of a flood. */
		measure(data: string | Uint8Array): boolean {
			if (!isOpen && now() - sinceMs > gatherMs) [sinceMs, bytes] = [now(), 0];
			bytes += data.length;
			last = data;
			isOpen ||= bytes > floodBytes;
			return isOpen;
		},
		/** The flood has ended, and not in the middle of a sequence or a character. */
		hasEnded(): boolean {
			const isCut = typeof last !== 'string' && (last.at(-1) ?? 0) >= 128;
			isOpen = bytes > floodBytes / 4 || isCut || isBetween(last) === false;
			bytes = 0;
			return !isOpen;
		},
	};
}

/** What is printed, joined to whole characters and without secrets. */
function createText({convertEol = false, redact}: RecorderOptions) {
	let joined = joinText(convertEol);
	let secrets = createRedactStream(redact);
	return {
		/** Neighbouring pieces of bytes are joined first: each on its own costs more than all of them. */
		join(pieces: readonly (string | Uint8Array)[]) {
			if (pieces.every(piece => typeof piece !== 'string')) return joined.push(Buffer.concat(pieces));
			return pieces.map(piece => joined.push(piece)).join('');
		},
		/** What is certain to hold no part of a secret. */
		clean: (text: string) => secrets.push(text),
		end: () => secrets.push(joined.end()) + secrets.end(),
		/** What waited is left out. */
		forget() {
			joined = joinText(convertEol);
			secrets = createRedactStream(redact);
		},
	};
}

/** Writes events at the time it is. */
function createPen({redact, snapshot}: RecorderOptions, sink: Sink) {
	const print = (words: string, atMs: number) => {
		for (const part of partsOf(words)) sink.write({atMs, kind: 'output', text: part});
	};
	return {
		print,
		mark: (label: string) => sink.write({atMs: sink.now(), kind: 'mark', label: redact(label)}),
		resized: (cols: number, rows: number) => sink.write({atMs: sink.now(), kind: 'resize', cols, rows}),
		drawScreen() {
			const secrets = createRedactStream(redact);
			print(secrets.push(snapshot?.() ?? '') + secrets.end(), sink.now());
		},
	};
}

type Pen = ReturnType<typeof createPen>;

/** Gathers what is printed for a while and writes it as one event; of a flood it writes the screen instead. */
function createGatherer(options: RecorderOptions, sink: Sink, {print, mark, drawScreen}: Pen) {
	const {clock, snapshot} = options;
	const gate = createFloodgate(sink.now);
	const text = createText(options);
	let gathered: (string | Uint8Array)[] = [];
	let length = 0;
	let sinceMs = 0;
	let cancel: (() => void) | undefined;
	const take = () => {
		const pieces = gathered;
		gathered = [];
		length = 0;
		return pieces;
	};
	const flush = () => {
		cancel?.();
		cancel = undefined;
		if (gate.isFlooding()) {
			drawScreen();
			if (gate.hasEnded()) mark('the flood is over');
			return;
		}
		if (length > 0) print(text.clean(text.join(take())), sinceMs);
	};
	const flushSoon = () => {
		cancel ??= clock.at(clock.now() + gatherMs, flush);
	};
	const leaveOut = () => {
		take();
		text.forget();
		mark('too much to read: only the screen is kept');
	};
	return {
		flush,
		take(data: string | Uint8Array) {
			const wasFlooding = gate.isFlooding();
			if (snapshot && gate.measure(data)) {
				if (!wasFlooding) leaveOut();
				return flushSoon();
			}
			if (length === 0) sinceMs = sink.now();
			gathered.push(data);
			length += data.length;
			if (length >= gatherChars) flush();
			else if (length > 0) flushSoon();
		},
		end() {
			flush();
			print(text.end(), sink.now());
		},
	};
}

/** Starts a recording, or goes on with the one that a killed process left. */
export function createRecorder(options: RecorderOptions): Recorder {
	const sink = createSink(options);
	const pen = createPen(options, sink);
	const gatherer = createGatherer(options, sink, pen);
	const whileOpen = (write: () => void) => {
		if (sink.isOpen()) write();
	};
	if (sink.isResumed) {
		pen.mark('resumed');
		pen.resized(options.cols, options.rows);
		pen.print(fullReset, sink.now());
	}
	return {
		output: data => whileOpen(() => gatherer.take(data)),
		resize(cols, rows) {
			whileOpen(() => {
				gatherer.flush();
				pen.resized(cols, rows);
			});
		},
		mark(label) {
			whileOpen(() => {
				gatherer.flush();
				pen.mark(label);
			});
		},
		end() {
			gatherer.end();
			sink.close();
		},
	};
}
