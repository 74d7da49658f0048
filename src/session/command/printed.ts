import {StringDecoder} from 'node:string_decoder';

/** Whole sequences: CSI, OSC and other strings with their end, and the short ones. */
const sequences =
	/(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c)|\u001b(?:[ -/]+[0-~]|[0-Z\\^-~])/g;

/** What is left of broken ones, other controls, and what reorders the text beside it. Their removal cannot make a new sequence. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Moves to another row: what follows is another line. */
const moves = /(?:\u001b\[|\u009b)[0-9;]*[ABEFHdf]/g;

/** What a program prints as text: no sequences, no controls but line ends and tabs. */
export const printedText = (raw: string) =>
	raw
		.replaceAll(moves, '\n')
		.replaceAll(sequences, '')
		.replaceAll(/\r+\n?/g, '\n')
		.replaceAll(controls, '');

/** The start of one that is cut off at the end of what has come, or a carriage return whose line feed may follow. */
const unfinished =
	/(?:(?:\u001b\[|\u009b)[0-?]*[ -/]*|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*\u001b?|\u001b[ -/]*|(?<!\r)\r+)$/;

const longestSequence = 4000;
const longestTail = 20_000;

/** More bytes than 20,000 characters take, however coloured. What was printed before them is not even looked at. */
const mostWaiting = 262_144;

export interface Printed {
	/** Takes bytes in, in whatever pieces they come. */
	push(bytes: Buffer): void;
	/** The last of the text that was printed, without escape sequences, 20,000 characters at most. */
	readonly tail: string;
	/** Forgets what was printed so far, but for this. */
	clear(kept?: string): void;
}

const lineFeed = 10;

/** What a program prints, as text; made of the bytes only when somebody reads it. */
export function createPrinted(): Printed {
	let decoder = new StringDecoder('utf8');
	let rest = '';
	let tail = '';
	let waiting: Buffer[] = [];
	let waitingBytes = 0;
	let isCut = false;
	/** The bytes that wait; after a cut from the next line on, as the one before may begin anywhere. */
	const take = (): Buffer => {
		const bytes = Buffer.concat(waiting);
		[waiting, waitingBytes] = [[], 0];
		if (!isCut) return bytes;
		[isCut, rest, tail] = [false, '', ''];
		decoder = new StringDecoder('utf8');
		return bytes.subarray(bytes.indexOf(lineFeed) + 1);
	};
	const read = () => {
		if (waitingBytes === 0) return;
		const bytes = take();
		const raw = rest + decoder.write(bytes);
		const cut = unfinished.exec(raw);
		rest = cut && cut[0].length <= longestSequence ? cut[0] : '';
		tail = (tail + printedText(raw.slice(0, raw.length - rest.length))).slice(-longestTail);
	};
	return {
		push(bytes) {
			waiting.push(bytes);
			waitingBytes += bytes.length;
			while (waitingBytes - (waiting[0]?.length ?? 0) >= mostWaiting) {
				waitingBytes -= waiting.shift()?.length ?? 0;
				isCut = true;
			}
		},
		get tail() {
			read();
			return tail;
		},
		clear(kept = '') {
			read();
			tail = kept;
		},
	};
}
