import {appendFileSync} from 'node:fs';

/** Says that a test lacks its tool: at once, and again at the end of the whole run. */
export function notRun(what: string) {
	console.log(`NOT RUN: ${what}`);
	if (process.env.PILOT_NOT_RUN) appendFileSync(process.env.PILOT_NOT_RUN, `${what}\n`);
}
