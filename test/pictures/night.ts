import {cpSync, readFileSync, renameSync} from 'node:fs';
import path from 'node:path';
import {readMemoryEntries} from '../../src/app/memory.js';
import {readMorning} from '../../src/app/morning.js';
import {readPages} from '../../src/app/read-pages.js';
import type {PaneFrame} from '../../src/domain/frame.js';
import type {RanCommand} from '../../src/domain/ran-command.js';
import type {Status} from '../../src/domain/status.js';
import {readCast} from '../../src/screen/cast.js';
import {openEmulator, written} from '../../src/screen/emulator.js';
import {createPaneView, createTerminalScreen} from '../../src/screen/index.js';
import {screenSvg} from '../../src/screen/screen-svg.js';
import {createViewStore} from '../../src/view/store.js';
import {renderAt} from '../components/render-at.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const folder = path.join(root, 'test/pictures/night');

/** A moment of a real run, and its workspace as it was then. */
export function openNight(name: 'night' | 'morning') {
	const place = scratch('picture');
	const workspace = path.join(place.dir, 'missions');
	cpSync(path.join(folder, name), workspace, {recursive: true});
	renameSync(path.join(workspace, 'dot-pilot'), path.join(workspace, '.pilot'));
	const moment = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as {
		nowMs: number;
		status: Status;
		commands: readonly RanCommand[];
	};
	return {...moment, workspace, [Symbol.dispose]: place[Symbol.dispose]};
}

type Night = ReturnType<typeof openNight>;

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** What a session had on its screen, as a pane of this size shows it. */
async function frameOf({status, workspace}: Night, sessionId: string, size: {cols: number; rows: number}) {
	const session = status.sessions.find(({id}) => id === sessionId);
	const cast = readCast(path.join(workspace, '.pilot/runs', session?.missionId ?? '', '1', 'session.cast'));
	const screen = createTerminalScreen({cols: cast.header.cols, rows: cast.header.rows, scrollback: 1000});
	for (const event of cast.events) {
		if (event.kind === 'output') await new Promise<void>(resolve => screen.write(event.text, resolve));
		if (event.kind === 'resize') screen.resize(event.cols, event.rows);
	}
	const frames: PaneFrame[] = [];
	const view = createPaneView({
		...{sessionId, screen, size},
		send: frame => frames.push(frame) > 0,
		typist: () => ({typist: null, isYou: false}),
	});
	await wait(30);
	view.end();
	return frames;
}

/** How a view is come to. */
export interface Way {
	readonly keys: readonly string[];
	/** As `demo` opens. */
	readonly tour?: boolean;
}

/** Draws the dashboard at this moment, with keys pressed, as an SVG; and what stood beside the window, where nothing may. */
export async function drawNight(night: Night, cols: number, rows: number, {keys, tour}: Way) {
	const store = createViewStore({workspace: 'missions', colour: true, nowMs: night.nowMs});
	store.setStatus(night.status);
	if (tour) store.change({dialog: 'tour'});
	const morning = readMorning(night.workspace, night.nowMs - 8 * 3_600_000, night.nowMs);
	const rig = renderAt(cols, rows, {
		store,
		read: what => readPages(night.workspace, what),
		morning,
		commands: night.commands,
		memory: () => readMemoryEntries(night.workspace),
	});
	await rig.text();
	for (const hole of rig.holes) {
		if (!hole) continue;
		for (const frame of await frameOf(night, hole.sessionId, hole)) rig.show(frame);
	}
	await rig.press(...keys);
	const overflow = await rig.overflow();
	const styled = await rig.styled();
	rig.close();
	const emulator = openEmulator({cols, rows, scrollback: 0});
	await written(emulator, styled.replaceAll('\n', '\r\n'));
	return {svg: screenSvg(emulator, `pilot-tui, ${cols} by ${rows}`), overflow};
}
