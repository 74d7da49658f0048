import type {Pty} from '../kernel/pty.js';
import type {AgentFact} from './agent.js';
import {createTranscript} from './transcript.js';

/** The part of a terminal that a session needs; the screen room has the whole. */
export interface SessionScreen {
	readonly cols: number;
	readonly rows: number;
	/** Text, or bytes as a program printed them; `parsed` is called when they are on the screen. */
	write(data: string | Uint8Array, parsed?: () => void): void;
	onResize(listener: (cols: number, rows: number) => void): void;
	/** What goes to the program: keys of whoever is attached, and the terminal's answers to its queries. */
	onInput(listener: (text: string) => void): void;
}

const pauseAbove = 256_000;
const resumeBelow = 64_000;

type Flow = Pick<Pty, 'pause' | 'resume'>;

/** Writes to a screen; a program that prints faster than the screen can take waits. */
export function createScreenWriter(screen: SessionScreen, pty: Flow) {
	let pending = 0;
	return (data: string | Uint8Array) => {
		pending += data.length;
		if (pending > pauseAbove) pty.pause();
		screen.write(data, () => {
			const wasHigh = pending > resumeBelow;
			pending -= data.length;
			if (wasHigh && pending <= resumeBelow) pty.resume();
		});
	};
}

/** Shows facts on a screen as a transcript. */
export function createPane(screen: SessionScreen, pty: Flow, redact: (text: string) => string) {
	const transcript = createTranscript();
	const write = createScreenWriter(screen, pty);
	return {
		show(fact: AgentFact) {
			const text = transcript.render(fact);
			if (text !== '') write(redact(text));
		},
	};
}
