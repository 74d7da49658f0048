/** Puts together what a program prints: characters and line ends that were cut between two pieces. */
export interface JoinedText {
	push(data: string | Uint8Array): string;
	/** The half character that is still waiting, if there is one. */
	end(): string;
}

/** @param convertEol A line end brings the cursor back to the first column, where no terminal driver does it. */
export function joinText(convertEol: boolean): JoinedText {
	const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
	/** The first half of a character of two units. */
	let half = '';
	let last = '';
	const give = (text: string) => {
		const wanted = convertEol ? (last + text).replaceAll(/(?<!\r)\n/g, '\r\n').slice(last.length) : text;
		last = text.slice(-1) === '\r' ? '\r' : text === '' ? last : '';
		return wanted.toWellFormed();
	};
	return {
		push(data) {
			const text = half + (typeof data === 'string' ? decoder.decode() + data : decoder.decode(data, {stream: true}));
			const isCut = /[\ud800-\udbff]$/.test(text);
			half = isCut ? text.slice(-1) : '';
			return give(isCut ? text.slice(0, -1) : text);
		},
		end() {
			const rest = half + decoder.decode();
			half = '';
			return give(rest);
		},
	};
}
