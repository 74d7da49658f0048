import {mount} from '../../src/app/mount.js';
import {VirtualStdin} from '../../src/app/virtual-stdin.js';
import type {Answer, CommandInput} from '../../src/domain/command.js';
import type {PaneFrame, PaneRequest} from '../../src/domain/frame.js';
import type {MemoryEntry} from '../../src/domain/memory.js';
import {type MorningReport, morningOf} from '../../src/domain/morning.js';
import type {RanCommand} from '../../src/domain/ran-command.js';
import {createCompositor, createTerminalScreen} from '../../src/screen/index.js';
import type {Editing, Place, Reading} from '../../src/view/hands.js';
import type {Page} from '../../src/view/page.js';
import {createViewStore, type ViewStore} from '../../src/view/store.js';
import {nowMs} from '../view/a-status.js';

/** Cells beside the window: whatever stands there has overflowed. */
const margin = 40;

/** A hole and the session whose screen it is for. */
export type Hole = Place & {readonly sessionId: string};

const plain = (row: string) => row.replaceAll(/\u001b\[[\d;]*m/g, '');

export interface Rig {
	readonly store: ViewStore;
	/** What was asked of the pilot, in order. */
	readonly asked: CommandInput[];
	readonly holes: (Hole | undefined)[];
	/** What was asked of panes, in order. */
	readonly panes: PaneRequest[];
	/** Shows a session's frame in its hole. */
	show(frame: PaneFrame): void;
	/** `leave` or `leave when ended`, once the dashboard was left. */
	left(): string | undefined;
	press(...keys: string[]): Promise<void>;
	resize(columns: number, rows: number): Promise<void>;
	/** Rows of the window as a terminal shows them, without colours. */
	lines(): Promise<string[]>;
	text(): Promise<string>;
	/** What stands beside the window, where nothing may stand. */
	overflow(): Promise<string[]>;
	/** With their colours. */
	styled(): Promise<string>;
	/** All that was written to the terminal. */
	written(): string;
	close(): void;
}

export interface RenderOptions {
	readonly colour?: boolean;
	readonly answer?: Answer | Promise<Answer> | ((command: CommandInput) => Answer);
	readonly store?: ViewStore;
	/** What is remembered at that moment. */
	readonly memory?: () => readonly MemoryEntry[];
	/** Why nothing can be replayed. @default '' */
	readonly unrecorded?: string;
	/** What happened while nobody looked. */
	readonly morning?: MorningReport;
	/** What the pilot has run. */
	readonly commands?: readonly RanCommand[];
	/** What there is to read. */
	readonly pages?: Partial<Record<Reading['kind'], readonly Page[]>>;
	/** The same, asked for. */
	readonly read?: (what: Reading) => Promise<readonly Page[]>;
}

/** The dashboard on a real terminal's cells, in a window of the given size. */
export function renderAt(columns: number, rows: number, options: RenderOptions = {}): Rig {
	const {colour = true, answer = {ok: true, say: 'Done.'}} = options;
	const terminal = createTerminalScreen({cols: columns + margin, rows, scrollback: 0});
	const store = options.store ?? createViewStore({workspace: 'my-workspace', colour, nowMs});
	const keyboard = new VirtualStdin();
	const asked: CommandInput[] = [];
	const panes: PaneRequest[] = [];
	const holes: (Hole | undefined)[] = [];
	let written = '';
	let left: string | undefined;
	const compositor = createCompositor({
		cols: columns + margin,
		rows,
		depth: colour ? 'true' : 'none',
		write(text) {
			written += text;
			terminal.write(text);
			return true;
		},
		onDrain() {},
	});
	// Ink knows nothing of the cells beside the window.
	compositor.stdout.columns = columns;
	const goes = (how: string) => {
		left ??= how;
	};
	const hands = {
		commands: async () => options.commands ?? [],
		async command(command: CommandInput) {
			asked.push(command);
			return typeof answer === 'function' ? answer(command) : answer;
		},
		place(sessionId: string, hole: Place | undefined) {
			const last = holes.at(-1);
			const next = hole && {sessionId, ...hole};
			if (JSON.stringify(last) !== JSON.stringify(next)) holes.push(next);
			compositor.place(sessionId, hole);
		},
		cover: compositor.cover,
		pane: (request: PaneRequest) => void panes.push(request),
		suspend: () => goes('suspend'),
		edit: (what: Editing) => goes(`edit ${JSON.stringify(what)}`),
		async replay(missionId: string) {
			goes(`replay ${missionId}`);
			return options.unrecorded ?? '';
		},
		read:
			options.read ??
			(async ({kind}: Reading) => options.pages?.[kind] ?? [{title: 'Mission', kind: 'plain' as const, text: ''}]),
		memory: async () => options.memory?.() ?? [],
		morning: async () => options.morning ?? morningOf([], nowMs - 1, nowMs),
		leave: () => goes('leave'),
		leaveWhenEnded: () => goes('leave when ended'),
	};
	const screen = mount(
		{store, hands},
		{
			...{stdin: keyboard, stdout: compositor.stdout},
			...{maxFps: 1000, patchConsole: false},
		},
	);
	const settle = async (ms = 8) => {
		await new Promise(resolve => setTimeout(resolve, ms));
		await screen.flushed();
		// What Ink has drawn is on its way to the terminal.
		await new Promise(resolve => setTimeout(resolve, 6));
		await new Promise<void>(resolve => terminal.write('', resolve));
	};
	const styled = async () => {
		await settle();
		return terminal.visibleRows();
	};
	const lines = async () => (await styled()).map(plain);
	return {
		store,
		asked,
		panes,
		holes,
		show: compositor.show,
		left: () => left,
		async press(...keys) {
			await settle();
			for (const key of keys) {
				keyboard.type(key);
				// A lone escape is told from the start of a sequence by waiting.
				await settle(key === '\u001b' ? 60 : undefined);
			}
		},
		async resize(newColumns, newRows) {
			await settle();
			terminal.resize(newColumns + margin, newRows);
			compositor.resize(newColumns + margin, newRows);
			compositor.stdout.resize(newColumns, newRows);
			await settle();
		},
		lines,
		async overflow() {
			await settle();
			const left = terminal.visibleRows().map(plain);
			terminal.resize(compositor.stdout.columns, compositor.stdout.rows);
			const kept = terminal.visibleRows().map(plain);
			terminal.resize(compositor.stdout.columns + margin, compositor.stdout.rows);
			return left.filter((line, row) => line.trimEnd() !== kept[row]?.trimEnd());
		},
		text: async () => (await lines()).join('\n'),
		styled: async () => (await styled()).join('\n'),
		written: () => written,
		close() {
			screen.unmount();
			compositor.end();
		},
	};
}
