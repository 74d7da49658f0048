import {appendFileSync} from 'node:fs';

/** True in the short form that CI runs; `npm run test:faults` without `-- --short` is the full one. */
export const isShort = process.env.PILOT_SHORT === '1';

/** How many of something: the number the promise is made with, or the one that CI has time for. */
export const howMany = ({full, short}: {full: number; short: number}): number => (isShort ? short : full);

export interface Figure {
	/** What was tried, in the words of docs/reliability.md. */
	readonly name: string;
	/** How often it was tried. */
	readonly n: number;
	/** How often what is promised did not hold. */
	readonly failures: number;
	/** What was measured, in words: `ready p50 280 ms, max 400 ms`. */
	readonly figure: string;
}

/** Tells a measured figure: on screen, and to `.faults/latest.json` when the whole phase runs. */
export function tellFigure(figure: Figure): void {
	console.log(`${figure.name}: ${figure.n - figure.failures} of ${figure.n}; ${figure.figure}`);
	if (process.env.PILOT_FIGURES) appendFileSync(process.env.PILOT_FIGURES, `${JSON.stringify(figure)}\n`);
}
