import {render} from 'ink';
import App from '../../components/App.js';
import type {Deck} from '../view/use-pilot.js';

export interface Mounted {
	unmount(): void;
	/** Resolves when everything that was to be drawn is drawn. */
	flushed(): Promise<void>;
	/** Resolves when the screen is gone, rejects with what broke it. */
	readonly gone: Promise<unknown>;
}

export interface MountOptions {
	readonly stdin: object;
	readonly stdout: object;
	/** The most often the chrome is drawn, a second, while keys are pressed; panes do not wait for it. @default 60 */
	readonly maxFps?: number;
	/** What is printed past Ink goes through it, and not over the picture. @default true */
	readonly patchConsole?: boolean;
}

/** Draws the dashboard's chrome, with Ink, on whatever terminal it is given. */
export function mount(deck: Deck, {stdin, stdout, maxFps = 60, patchConsole = true}: MountOptions): Mounted {
	const {unmount, waitUntilExit, waitUntilRenderFlush} = render(<App deck={deck} />, {
		stdin: stdin as NodeJS.ReadStream,
		stdout: stdout as NodeJS.WriteStream,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		patchConsole,
		maxFps,
	});
	return {unmount, flushed: waitUntilRenderFlush, gone: waitUntilExit()};
}
