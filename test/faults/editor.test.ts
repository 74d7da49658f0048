import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import {systemClock} from '../../src/kernel/clock.js';
import {parseQueue} from '../../src/queue/index.js';
import {watchConfig} from '../../src/supervisor/config-watch.js';
import type {Context} from '../../src/supervisor/context.js';
import {createEyes} from '../../src/supervisor/eyes.js';
import {openQueueFile, openStore} from '../../src/supervisor/index.js';
import {howMany, tellFigure} from '../support/figures.js';
import {root} from '../support/pilot-process.js';

const marks = howMany({full: 300, short: 60});
const betweenMarksMs = 25;
const longestHealMs = 10_000;
const idOf = (n: number) => `m-${String(n).padStart(6, '0')}`;
const ids = Array.from({length: marks}, (_, n) => idOf(n));

const missions = `## Pending\n${ids.map((id, n) => `- [ ] Mission ${n} ^${id}\n`).join('')}\n## Done\n\n## Notes\n`;

/** What of a running pilot writes marks and holds them against what it knows. */
async function openWriter(workspace: string) {
	const pilotDir = path.join(workspace, '.pilot');
	const stateFile = path.join(workspace, 'state', 'h-000000.json');
	const store = await openStore({pilotDir, stateFile, machine: 'h-000000', clock: systemClock});
	const file = path.join(workspace, 'missions.md');
	const fail = (error: unknown) => console.log(String(error));
	const queueFile = openQueueFile(file, systemClock, () => {}, fail);
	const context = {
		...{workspace, store, queueFile, clock: systemClock, config: Config.parse({timezone: 'UTC'})},
		configWatch: watchConfig(workspace, store),
	} as unknown as Context;
	const look = createEyes(context, () => {});
	const attempt = {attempt: 1};
	/** The step that writes the mark; where the file is never quiet for long enough it comes again after as long as the loop waits. */
	const record = (missionId: string) => {
		try {
			queueFile.edit([{op: 'mark', id: missionId, state: 'done', doneOn: '2026-01-30'}]);
			store.emit('mission.recorded', {missionId, ...attempt});
			store.emit('mission.published', {missionId, ...attempt, pushed: false});
		} catch (error) {
			expect(error).toMatchObject({code: 'FILE_BUSY'});
			setTimeout(record, 5000, missionId);
		}
	};
	return {
		store,
		/** Ends a mission as the supervisor does: the conclusion is a fact before its mark is written. */
		end(missionId: string) {
			const {mission} = parseQueue(Buffer.from(missions)).items.find(item => item.mission.id === missionId) ?? {};
			if (!mission) throw new Error(missionId);
			store.emit('mission.claimed', {missionId, ...attempt, mission, tries: 1, scope: 'reactive'});
			const told = {why: 'exit 0', summary: 'Done.', reportKind: 'reported'} as const;
			store.emit('mission.concluded', {missionId, ...attempt, title: mission.title, state: 'done', ...told});
			record(missionId);
		},
		unlook: systemClock.every(1000, () => {
			try {
				look();
			} catch (error) {
				expect(error).toMatchObject({code: 'FILE_BUSY'});
			}
		}),
		async close() {
			await queueFile.close();
			store.close();
		},
	};
}

const doneIn = (file: string) =>
	parseQueue(readFileSync(file)).items.filter(({state, doneOn}) => state === 'done' && doneOn).length;

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** A folder in memory where there is one: the race is about who writes last, and a slow disk would only make it longer. */
function memoryScratch() {
	const dir = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'pilot-editor-'));
	return {dir, [Symbol.dispose]: () => rmSync(dir, {recursive: true, force: true})};
}

async function race(style: 'rename' | 'truncate', reload: number) {
	using place = memoryScratch();
	const file = path.join(place.dir, 'missions.md');
	writeFileSync(file, missions);
	const writer = await openWriter(place.dir);
	const editor = spawn(process.execPath, [path.join(root, 'test/fakes/saving-editor.mjs'), file, style, `${reload}`], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	onTestFinished(() => void editor.kill());
	await once(editor.stdout, 'data');
	for (const id of ids) {
		writer.end(id);
		await sleep(betweenMarksMs);
	}
	const told = once(editor.stdout, 'data');
	editor.stdin.write('end\n');
	const written = Number((await told)[0]);
	const quietMs = Date.now();
	while (doneIn(file) < marks && Date.now() - quietMs < longestHealMs) await sleep(50);
	const healMs = Date.now() - quietMs;
	writer.unlook();
	const text = readFileSync(file, 'utf8');
	const lost = Array.from({length: written}, (_, n) => `Human line ${n + 1}.`).filter(
		line => !text.includes(`${line}\n`),
	);
	const requeued = writer.store.after(0).filter(({type}) => type === 'mission.requeued').length;
	await writer.close();
	return {written, lost, marked: doneIn(file), requeued, healMs};
}

test.each([
	['rename', 50],
	['rename', 1_000_000],
	['truncate', 50],
	['truncate', 1_000_000],
] as const)(
	'an editor that saves every 20 ms by %s, and reads again every %i saves: no line and no mark is lost',
	{
		timeout: 600_000,
	},
	async (style, reload) => {
		const {written, lost, marked, requeued, healMs} = await race(style, reload);
		const reading = reload > marks ? 'never reads again' : `reads again every ${reload} saves`;
		tellFigure({
			name: `editor that saves by ${style} every 20 ms and ${reading}, against marks`,
			n: marks,
			failures: marks - marked + lost.length + requeued,
			figure: `${written} human lines saved, ${lost.length} lost; ${marked} of ${marks} marks there ${healMs} ms after the last save`,
		});
		expect(lost).toEqual([]);
		expect({marked, requeued}).toEqual({marked: marks, requeued: 0});
	},
);
