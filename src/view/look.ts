import type {Look, Status} from '../domain/status.js';
import {runningSessions} from './shown-session.js';
import {pilotSigns} from './theme.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Whether a terminal's background is light, as a program is told by the terminal itself (OSC 11); undefined for another answer. */
export function isLightAnswer(reply: string): boolean | undefined {
	const [, ...parts] = /^\u001b\]11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(reply) ?? [];
	if (parts.length < 3) return;
	const [red = 0, green = 0, blue = 0] = parts.map(part => Number.parseInt(part, 16) / (16 ** part.length - 1));
	// How bright eyes take the three to be.
	return red * 0.299 + green * 0.587 + blue * 0.114 > 0.5;
}

/** The same from `COLORFGBG`, such as `0;15`, which some terminals set. */
export function isLightEnv({COLORFGBG = ''}: Env): boolean | undefined {
	const last = COLORFGBG.split(';').at(-1) ?? '';
	return /^\d+$/.test(last) ? Number(last) === 7 || Number(last) === 15 : undefined;
}

/** A locale that says what it is and is not UTF-8, or the Linux console, whose font has few signs. */
export function wantsAscii({LC_ALL, LC_CTYPE, LANG, TERM}: Env): boolean {
	const locale = LC_ALL || LC_CTYPE || LANG || '';
	return TERM === 'linux' || (locale !== '' && !/utf-?8/i.test(locale));
}

interface Around {
	readonly env: Env;
	/** False with `NO_COLOR` and its like: that is stronger than the config. */
	readonly colour: boolean;
	/** What the terminal has said of its background, if it has. */
	readonly isLight: boolean | undefined;
}

/** What the config wants, in this terminal. */
export function dressOf({env, colour, isLight}: Around, look: Look | undefined) {
	const theme = look?.theme ?? 'auto';
	const ascii = look?.ascii ?? 'auto';
	const knownLight = isLight ?? isLightEnv(env) ?? false;
	return {
		colour: colour && theme !== 'none',
		ascii: ascii === 'auto' ? wantsAscii(env) : ascii,
		theme: {
			isLight: theme === 'light' || (theme !== 'dark' && knownLight),
			isHighContrast: theme === 'high-contrast',
			isPlain: !colour || theme === 'none',
		},
	};
}

const calmMs = 10_000;

/** The clock of a dashboard, ms: with less motion it goes in steps, as nothing may change by itself more often. */
export const clockOf = (nowMs: number, look: Look | undefined) =>
	look?.motion === 'reduced' ? Math.floor(nowMs / calmMs) * calmMs : nowMs;

/** How much needs the human now: questions, and missions that only they can go on with. */
export const needsCount = ({approvals, queue}: Pick<Status, 'approvals' | 'queue'>) =>
	approvals.length + queue.blocked + queue.parked + queue.unproven + queue.failed;

/** `▶ my-work: 1 runs, 3 wait, 2 need you`: for the title of a window. */
export function titleOf(workspace: string, status: Status | undefined, answering: boolean): string {
	if (!status || !answering) return `${workspace}: no pilot`;
	const counts: readonly (readonly [number, string])[] = [
		[runningSessions(status).length, 'running'],
		[status.queue.pending, 'waiting'],
		[needsCount(status), 'for you'],
	];
	const words = counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
	return `${pilotSigns[status.state].shape} ${workspace}: ${words.join(', ') || pilotSigns[status.state].word}`;
}
