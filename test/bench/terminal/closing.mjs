// What a bench has opened is closed also when somebody ends the bench.

/** Closes once: when it is called, or at the end of this process. `close` must not wait for anything. */
export function closing(close) {
	let isClosed = false;
	const once = () => {
		if (isClosed) return;
		isClosed = true;
		process.off('exit', once);
		close();
	};
	process.on('exit', once);
	return once;
}
