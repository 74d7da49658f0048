import {randomBytes} from 'node:crypto';
import {rmSync, statfsSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';

const reserveBytes = 8_000_000;

/** Room on the disk that is put by while there is some, so that what must be written can be when there is none. */
export interface Reserve {
	/** Puts it by, where as much again stays free. True when it lies there. */
	hold(): boolean;
	/** Gives it back to the disk; false when there is none. */
	release(): boolean;
}

export function createReserve(file: string): Reserve {
	const isHeld = () => (statSync(file, {throwIfNoEntry: false})?.size ?? 0) >= reserveBytes;
	const release = () => {
		const wasThere = statSync(file, {throwIfNoEntry: false}) !== undefined;
		rmSync(file, {force: true});
		return wasThere;
	};
	const hold = () => {
		if (isHeld()) return true;
		try {
			const {bavail, bsize} = statfsSync(path.dirname(file));
			if (bavail * bsize < 2 * reserveBytes) return false;
			writeFileSync(file, randomBytes(reserveBytes), {mode: 0o600}); // zeros might take no room at all
			return true;
		} catch {
			rmSync(file, {force: true});
			return false;
		}
	};
	return {hold, release};
}
