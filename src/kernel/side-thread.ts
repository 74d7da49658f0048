import {existsSync} from 'node:fs';
import {parentPort, Worker} from 'node:worker_threads';
import {messageOf} from '../domain/pilot-error.js';

/** A piece of work that may stand still for a while. What goes in and comes out is copied as `structuredClone` does. */
export type Task<In, Out> = (input: In, signal: AbortSignal | undefined) => Promise<Out>;
type Tasks = Readonly<Record<string, Task<never, unknown>>>;

/** Has one of the tasks done. Rejects with an error of the same words as the task's, or that the thread has ended. */
export type SideCall<T extends Tasks> = <K extends keyof T & string>(
	kind: K,
	input: Parameters<T[K]>[0],
	signal?: AbortSignal,
) => ReturnType<T[K]>;

type ToThread =
	| {readonly type: 'do'; readonly id: number; readonly kind: string; readonly input: unknown}
	| {readonly type: 'call-off'; readonly id: number};

type FromThread =
	| {readonly id: number; readonly ok: true; readonly output: unknown}
	| {readonly id: number; readonly ok: false; readonly why: string};

/** The thread's side: does what it is told, many at once. */
export function serveTasks(tasks: Tasks) {
	const underWay = new Map<number, AbortController>();
	const answer = (message: FromThread) => parentPort?.postMessage(message);
	const perform = async ({id, kind, input}: Extract<ToThread, {type: 'do'}>) => {
		const stop = new AbortController();
		underWay.set(id, stop);
		try {
			answer({id, ok: true, output: await tasks[kind]?.(input as never, stop.signal)});
		} catch (error) {
			answer({id, ok: false, why: messageOf(error)});
		} finally {
			underWay.delete(id);
		}
	};
	parentPort?.on('message', (message: ToThread) => {
		if (message.type === 'do') void perform(message);
		else underWay.get(message.id)?.abort();
	});
}

/** The outputs of programs are some megabytes at the most. */
const resourceLimits = {maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128};

interface Waiting {
	resolve(output: unknown): void;
	reject(error: Error): void;
}

/** Starts the thread; `lost` is called once, when it has ended. */
function startThread(program: URL, lost: () => void) {
	const thread = new Worker(program, {env: {}, execArgv: [], resourceLimits});
	const waiting = new Map<number, Waiting>();
	let isOver = false;
	let lastId = 0;
	const settle = (id: number): Waiting | undefined => {
		const found = waiting.get(id);
		waiting.delete(id);
		// It keeps nobody from ending who waits for nothing.
		if (waiting.size === 0) thread.unref();
		return found;
	};
	const end = (why: string) => {
		if (isOver) return;
		isOver = true;
		lost();
		for (const id of [...waiting.keys()]) settle(id)?.reject(new Error(`The side thread has ended: ${why}`));
	};
	thread.unref();
	thread.on('message', (message: FromThread) => {
		if (message.ok) settle(message.id)?.resolve(message.output);
		else settle(message.id)?.reject(new Error(message.why));
	});
	thread.on('error', error => end(messageOf(error)));
	thread.on('exit', code => end(`exit ${code}`));
	const tell = (message: ToThread) => thread.postMessage(message);
	return async (kind: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown> => {
		const id = ++lastId;
		const {promise, resolve, reject} = Promise.withResolvers<unknown>();
		const callOff = () => tell({type: 'call-off', id});
		waiting.set(id, {resolve, reject});
		thread.ref();
		tell({type: 'do', id, kind, input});
		signal?.addEventListener('abort', callOff, {once: true});
		if (signal?.aborted) callOff();
		return promise.finally(() => signal?.removeEventListener('abort', callOff));
	};
}

/**
 * A thread for what the main one must not stand still for. Starting a program is a fork, for which the thread that asks waits: 3 ms in
 * a process of 250 MB on an idle machine, 10 and more on a busy one (Node 24, two cores), and a mission starts two dozen.
 *
 * @param program The built file that calls `serveTasks` with the same tasks. Where it is not there, and once the thread has broken,
 * they are done in the thread that asks.
 */
export function openSideThread<T extends Tasks>(program: URL, tasks: T): SideCall<T> {
	let thread: ReturnType<typeof startThread> | undefined;
	let isUsable = existsSync(program);
	const lost = () => {
		isUsable = false;
	};
	const call = (kind: string, input: unknown, signal?: AbortSignal): Promise<unknown> | undefined => {
		if (!isUsable) return tasks[kind]?.(input as never, signal);
		thread ??= startThread(program, lost);
		return thread(kind, input, signal);
	};
	return call as SideCall<T>;
}
