const seqOf = (bytes: Buffer): number => {
	try {
		const {seq} = JSON.parse(bytes.toString('utf8')) as {seq?: unknown};
		return typeof seq === 'number' ? seq : -1;
	} catch {
		return -2;
	}
};

/** Of two versions of one machine's state the one with more facts in it; a damaged one never. The same with the sides swapped. */
export function newerState(ours: Buffer, theirs: Buffer): Buffer {
	const more = seqOf(ours) - seqOf(theirs) || Buffer.compare(ours, theirs);
	return more >= 0 ? ours : theirs;
}
