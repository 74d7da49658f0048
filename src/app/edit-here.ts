import {type ChildProcess, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '../domain/pilot-error.js';
import {editFile, readIfThere} from '../kernel/files.js';
import {parseQueue} from '../queue/index.js';
import type {Editing} from '../view/hands.js';
import {plainText} from '../view/plain-text.js';
import type {ViewStore} from '../view/store.js';
import {editorCall, editorOf} from './editor.js';
import {mergeOwn} from './merge-own.js';
import type {OuterTerminal} from './outer-terminal.js';

export interface EditsHereDeps {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly workspace: string;
	readonly outer: Pick<OuterTerminal, 'leave' | 'enter'>;
	readonly store: Pick<ViewStore, 'say'>;
	/** The dashboard has the terminal again. */
	readonly back: () => void;
}

/** Lends the dashboard's terminal to the human's editor. */
export interface EditsHere {
	readonly isOpen: boolean;
	edit(what: Editing): void;
	/** The editor wants to stand still, or the shell wants it to. */
	standStill(hasShell: boolean): void;
	/** Ends an editor that is still open, and resolves when it has ended; what it had saved is merged. */
	end(): Promise<void>;
}

const files = {mission: 'missions.md', config: 'config.yaml', soul: 'soul.md'} as const;

/** The line that a mission begins at as the file is now; the first for one that is not in it. */
function lineOf(bytes: Buffer, id: string | undefined): number {
	return parseQueue(bytes).items.find(({mission}) => mission.id === id)?.line ?? 1;
}

const missionsIn = (bytes: Buffer) => parseQueue(bytes).items.length;

/** What was saved goes where it belongs beside whatever others have written there meanwhile; gives what to say. */
function bringBack(workspace: string, name: string, base: Buffer, edited: Buffer): string {
	editFile(path.join(workspace, name), now => mergeOwn(name, base, now ?? Buffer.alloc(0), edited));
	if (name === 'config.yaml')
		return 'config.yaml is saved; the pilot reads it at its next start. :config check checks it.';
	if (name !== 'missions.md') return `${name} is saved.`;
	const [first] = parseQueue(readFileSync(path.join(workspace, name))).problems;
	return first ? `${name} is saved, but line ${first.line}: ${first.what}` : `${name} is saved.`;
}

/** Why what an editor left is not taken, if there is a reason. */
function whyBroken(name: string, base: Buffer, edited: Buffer | undefined, {code, trouble}: Ended): string | undefined {
	if (code !== 0) return `the editor ended with ${trouble ?? code ?? 'a signal'}`;
	if (edited === undefined) return 'the editor has removed the file';
	const isEmptied = name === 'missions.md' && missionsIn(base) > 0 && missionsIn(edited) === 0;
	return isEmptied ? 'no mission was left in it' : undefined;
}

type Ended = {readonly code: number | null; readonly trouble?: string};

function runEditor(args: readonly string[], cwd: string, started: (child: ChildProcess) => void): Promise<Ended> {
	const child = spawn('sh', args, {cwd, stdio: 'inherit'});
	started(child);
	return new Promise(resolve => {
		child.on('error', error => resolve({code: null, trouble: messageOf(error)}));
		child.on('exit', code => resolve({code}));
	});
}

/**
 * Lets the human edit a copy that nobody else writes to, and merges what was saved as a save from outside is merged: against what the copy
 * was. An editor that fails has changed nothing; its copy is kept when there is something in it.
 *
 * @returns What to say of it.
 */
async function editCopy({workspace, env}: EditsHereDeps, what: Editing, started: (child: ChildProcess) => void) {
	const name = files[what.kind];
	const parent = path.join(workspace, '.pilot', 'edit');
	mkdirSync(parent, {recursive: true, mode: 0o700});
	const folder = mkdtempSync(path.join(parent, 'e-'));
	const copy = path.join(folder, name);
	const base = readIfThere(path.join(workspace, name)) ?? Buffer.alloc(0);
	writeFileSync(copy, base, {mode: 0o600});
	const line = what.kind === 'mission' ? lineOf(base, what.id) : 1;
	const ended = await runEditor(editorCall(editorOf(env), copy, line), workspace, started);
	const edited = readIfThere(copy);
	const broken = whyBroken(name, base, edited, ended);
	const isSame = edited === undefined || edited.equals(base);
	if (broken && !isSame) return {say: `${name} is as it was: ${broken}. What was saved is in ${copy}`, isFine: false};
	const say =
		broken || isSame ? `${name} is as it was${broken ? `: ${broken}` : ''}.` : bringBack(workspace, name, base, edited);
	rmSync(folder, {recursive: true, force: true});
	return {say, isFine: !broken};
}

export function createEditsHere(deps: EditsHereDeps): EditsHere {
	let child: ChildProcess | undefined;
	let editing: Promise<void> | undefined;
	let isOver = false;
	const lend = async (what: Editing) => {
		deps.outer.leave();
		// Two that read one terminal get half of the keys each.
		process.stdin.pause();
		const {say, isFine} = await editCopy(deps, what, started => {
			child = started;
		}).catch(error => ({say: messageOf(error), isFine: false}));
		[child, editing] = [undefined, undefined];
		if (isOver) return;
		deps.outer.enter();
		deps.back();
		deps.store.say(plainText(say), isFine ? 'plain' : 'warn');
	};
	return {
		get isOpen() {
			return editing !== undefined;
		},
		edit(what) {
			editing ??= lend(what);
		},
		standStill(hasShell) {
			if (hasShell) process.kill(0, 'SIGSTOP');
			else child?.kill('SIGCONT');
		},
		async end() {
			isOver = true;
			child?.kill('SIGTERM');
			await editing;
		},
	};
}
