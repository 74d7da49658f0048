import type {CommandConfig} from '../../domain/config.js';
import {noTokens} from '../../domain/tokens.js';
import {paste, typeInput} from '../typing.js';
import type {Drive, Ending, Exit, Voice, Wheel} from '../voice.js';
import {createEcho, hasWords} from './echo.js';
import {createPrinted, printedText} from './printed.js';

const lookEveryMs = 250;

/** A program that has drawn its screen and been quiet for so long waits for its prompt; one that draws none gets it all the same. */
const readyAfterMs = 1000;
const readyAtLastMs = 5000;

/** Typed earlier, it would be lost to a program that sets its terminal up as it starts. */
const typedAfterMs = 300;

/** What comes until it has been quiet for so long, once the prompt is sent, may be its echo. */
const echoQuietMs = 500;
const echoAtLastMs = 4000;

/** How far back a pattern is looked for: longer than any line that says that something is done. */
const windowLength = 8000;

const quietShownMs = 10_000;

const nameOf = ({argv: [file = '']}: CommandConfig) => file.split('/').at(-1) ?? file;

const lastLine = (text: string) => printedText(text).trimEnd().split('\n').at(-1)?.trim().slice(0, 300) ?? '';

export function judgeCommand(name: string, {exitCode, signal}: Exit, done: string | undefined, text: string): Ending {
	if (done !== undefined) return {outcome: 'completed', why: done};
	if (exitCode === 0) return {outcome: 'completed', why: `${name} ended with exit code 0`};
	const how = exitCode === null ? `by signal ${signal}` : `with exit code ${exitCode}`;
	const said = lastLine(text);
	return {outcome: 'failed', why: `${name} ended ${how}${said ? `: ${said}` : ''}`};
}

/** Gives the prompt in the way that the program takes it, when it can take it. */
function createGiving({clock, type}: Wheel, way: CommandConfig['prompt'], prompt: string) {
	const startedMs = clock.now();
	let given = way === 'argument';
	let sentMs = given ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	const isReady = (lastPrintMs: number | undefined, nowMs: number) => {
		if (way === 'stdin') return nowMs - startedMs >= typedAfterMs;
		const drawn = lastPrintMs !== undefined && nowMs - lastPrintMs >= readyAfterMs;
		return drawn || nowMs - startedMs >= readyAtLastMs;
	};
	const send = async () => (way === 'stdin' ? typeInput(type, prompt) : paste(type, clock, prompt));
	return {
		/** True when it was given just now. */
		look(lastPrintMs: number | undefined): boolean {
			if (given || !isReady(lastPrintMs, clock.now())) return false;
			given = true;
			void send().then(() => {
				sentMs = clock.now();
			});
			return true;
		},
		/** True once all that shows the prompt again has come. */
		hasSettled(lastPrintMs = 0): boolean {
			const nowMs = clock.now();
			return nowMs - Math.max(sentMs, lastPrintMs) >= echoQuietMs || nowMs - sentMs >= echoAtLastMs;
		},
		get given() {
			return given;
		},
	};
}

/** Drives any CLI: shows its screen, gives it its prompt, and knows by its exit, its silence or its words when it is done. */
export const driveCommand =
	(command: CommandConfig, prompt: string): Drive =>
	(wheel): Voice => {
		const {clock} = wheel;
		const printed = createPrinted();
		const giving = createGiving(wheel, command.prompt, prompt);
		const echo = createEcho(prompt);
		const pattern = ['exit', 'idle'].includes(command.doneWhen) ? undefined : new RegExp(command.doneWhen, 'gm');
		let hasSettled = command.prompt === 'argument';
		let lastPrintMs: number | undefined;
		let lastAnswerMs: number | undefined;
		let done: string | undefined;
		const finish = (why: string) => {
			done ??= why;
			wheel.finish(`output: ${why}`);
		};
		const heed = () => {
			if (lastAnswerMs !== undefined || hasWords(printed.tail)) lastAnswerMs = lastPrintMs;
			if (pattern && echo.says(printed.tail.slice(-windowLength), pattern))
				finish(`printed what matches ${command.doneWhen}`);
		};
		const settle = () => {
			hasSettled = true;
			printed.clear(echo.answerIn(printed.tail));
			heed();
		};
		const unwatch = clock.every(lookEveryMs, () => {
			if (giving.look(lastPrintMs)) {
				// What it printed before is no answer.
				lastPrintMs = undefined;
				printed.clear();
			} else if (!hasSettled && giving.hasSettled(lastPrintMs)) settle();
			if (lastPrintMs === undefined || done !== undefined) return;
			const idleMs = clock.now() - (lastAnswerMs ?? Number.POSITIVE_INFINITY);
			if (command.doneWhen === 'idle' && idleMs >= command.idleSeconds * 1000)
				finish(`printed nothing for ${command.idleSeconds} s`);
			else if (clock.now() - lastPrintMs >= quietShownMs)
				wheel.become({phase: 'busy', why: 'output: nothing for more than 10 s'});
		});
		return {
			hear(bytes) {
				lastPrintMs = clock.now();
				printed.push(bytes);
				if (hasSettled) heed();
				return {phase: {phase: 'busy', why: 'output: printing'}, alive: true};
			},
			end() {
				unwatch();
				if (giving.given && !hasSettled) settle();
			},
			judge: exit => judgeCommand(nameOf(command), exit, done, printed.tail),
			get account() {
				return {
					...{turns: 0, tokens: noTokens, costUsd: 0},
					// The numbers are asked for all the time, the words once, at the end.
					get lastText() {
						return printed.tail.trim();
					},
				};
			},
		};
	};
