import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {countOf} from '../domain/count-of.js';
import type {PaneText} from '../domain/frame.js';
import {messageOf} from '../domain/pilot-error.js';
import type {Run} from '../kernel/spawn.js';
import type {ViewStore} from '../view/store.js';

/** What tmux takes of one sequence; other terminals take more. */
const longestClip = 74_000;

export interface CopyDeps {
	readonly message: PaneText;
	readonly store: ViewStore;
	readonly write: (text: string) => boolean;
	readonly pilotDir: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly run: Run;
}

const tmuxMs = 2000;

const lines = (text: string) => countOf(text.split('\n').length, 'line');

/** How much was copied, as the human saw it. */
const amount = (text: string) => (text.includes('\n') ? lines(text) : countOf([...text].length, 'character'));

/** `YYYYMMDD-HHMMSS`, UTC. */
const stamp = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');

function toFile({message: {sessionId, text}, store, pilotDir}: CopyDeps) {
	const folder = path.join(pilotDir, 'clips');
	const file = path.join(folder, `${sessionId}-${stamp(store.getState().nowMs)}.txt`);
	try {
		mkdirSync(folder, {recursive: true, mode: 0o700});
		writeFileSync(file, `${text}\n`, {mode: 0o600});
		store.say(`${lines(text)} saved: ${file}`, 'good');
	} catch (error) {
		store.say(`Not saved: ${messageOf(error)}`, 'bad');
	}
}

/**
 * Inside tmux, which by default takes no clipboard from a program: gives it the text as its own, for it to hand on to the terminal
 * around it. False where that does not work.
 */
async function toTmux({message: {text}, pilotDir, env, run}: CopyDeps): Promise<boolean> {
	const {TMUX, TMUX_PANE = '', PATH = ''} = env;
	if (!TMUX) return false;
	const options = {cwd: pilotDir, env: {TMUX, TMUX_PANE, PATH}, timeoutMs: tmuxMs, input: text};
	return (await run('tmux', ['load-buffer', '-w', '-'], options)).exitCode === 0;
}

async function toClipboard(deps: CopyDeps) {
	const {message, store, write} = deps;
	const {text} = message;
	if (text.trim() === '') return store.say('Nothing stands there that could be copied.', 'warn');
	if (await toTmux(deps)) return store.say(`${amount(text)} copied, by way of tmux.`, 'good');
	const clip = Buffer.from(text).toString('base64');
	if (clip.length > longestClip) return store.say('Too long for a clipboard; s saves all of it to a file.', 'warn');
	write(`\u001b]52;c;${clip}\u0007`);
	store.say(`${amount(text)} copied, where the terminal allows it (OSC 52).`, 'good');
}

/** Puts text that the human asked for where the human asked for it: the terminal's clipboard (tmux, OSC 52), or a file. */
export async function keepCopy(deps: CopyDeps): Promise<void> {
	if (deps.message.to === 'file') toFile(deps);
	else await toClipboard(deps);
}
