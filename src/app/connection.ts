import {type ControlClient, createControlClient} from '../control/client.js';
import type {PaneMessage, PaneRequest} from '../domain/frame.js';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import {systemClock} from '../kernel/clock.js';
import {createIdleCollector} from '../kernel/idle-collect.js';
import {run} from '../kernel/spawn.js';
import type {Hands, Place} from '../view/hands.js';
import type {ViewStore} from '../view/store.js';
import {keepCopy} from './clipboard.js';
import {openPaneLine} from './pane-line.js';
import type {Stage} from './stage.js';

const lookAgainMs = 500;
/** What a frame leaves behind, about. */
const aboutBytes = 20_000;

/** A dashboard's way to the pilot: facts and status come in, wishes and keys go out. */
export interface Connection {
	readonly command: Hands['command'];
	readonly commands: Hands['commands'];
	ask(request: PaneRequest): void;
	watch(sessionId: string, hole: Place | undefined): void;
	close(): void;
}

export interface ConnectionOptions {
	readonly pilotDir: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly store: ViewStore;
	readonly stage: Pick<Stage, 'show' | 'attachAgain' | 'isLight'>;
	/** To the human's terminal. */
	readonly write: (text: string) => boolean;
	/** The pilot has gone; it may come again. */
	readonly ended: () => void;
}

/** Keeps asking for the facts and the status, however often the pilot goes and comes back. */
function followPilot(
	client: ControlClient,
	store: ViewStore,
	onEnd: () => void,
	isLight: () => boolean | undefined,
): () => void {
	let closed = false;
	let hangUp = () => {};
	let timer: NodeJS.Timeout | undefined;
	const call = () => {
		hangUp = client.follow(
			{
				fact: store.addFact,
				status: store.setStatus,
				change: store.changeStatus,
				end() {
					if (closed) return;
					store.setAnswering(false);
					onEnd();
					timer = setTimeout(call, lookAgainMs);
				},
			},
			{watch: true, status: true, isLight: isLight()},
		);
	};
	call();
	return () => {
		closed = true;
		clearTimeout(timer);
		hangUp();
	};
}

const commandBy =
	(client: ControlClient): Hands['command'] =>
	async command => {
		try {
			return await client.command(command);
		} catch (error) {
			return {
				ok: false,
				say: messageOf(error),
				...(error instanceof PilotError ? {todo: error.todo, code: error.code} : {}),
			};
		}
	};

export function openConnection({pilotDir, env, store, stage, write, ended}: ConnectionOptions): Connection {
	const client = createControlClient(pilotDir, env);
	const collector = createIdleCollector(systemClock);
	const heard = (message: PaneMessage) => {
		collector.worked(aboutBytes);
		if (message.type === 'text') return void keepCopy({message, store, write, pilotDir, env, run});
		stage.show(message);
		if (message.state) store.setPane(message.sessionId, message.state);
	};
	const line = openPaneLine({socketFile: client.socket, heard, opened: stage.attachAgain});
	const hangUp = followPilot(client, store, ended, stage.isLight);
	return {
		command: commandBy(client),
		commands: () => client.commands().catch(() => []),
		ask: line.ask,
		watch: line.watch,
		close() {
			hangUp();
			line.close();
		},
	};
}
