import {execFileSync, spawn} from 'node:child_process';
import path from 'node:path';
import {expect, test} from 'vitest';
import {howMany, tellFigure} from '../support/figures.js';
import {type LoopDisk, makeLoopDisk, noLoopDisk} from '../support/loop-disk.js';
import {notRun} from '../support/not-run.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const cuts = howMany({full: 100, short: 3});
const writer = path.join(root, 'test/fakes/store-writer.mjs');

interface Looked {
	readonly damaged: readonly string[];
	readonly seq: number;
	readonly gaps: readonly number[];
}

const look = (folder: string) =>
	JSON.parse(execFileSync(process.execPath, [writer, folder, 'look'], {encoding: 'utf8'})) as Looked;

/** Lets the writer write for a while, cuts the power under it, and gives the number of the last fact it was sure of. */
async function writeAndCut(disk: LoopDisk): Promise<number> {
	const child = spawn(process.execPath, [writer, disk.folder], {stdio: ['ignore', 'pipe', 'ignore']});
	let out = '';
	const begun = new Promise<void>((resolve, reject) => {
		child.stdout.on('data', chunk => {
			out += chunk;
			resolve();
		});
		child.once('close', () => reject(new Error('the writer ended before it wrote anything')));
	});
	const ended = new Promise(resolve => child.once('close', resolve));
	await begun;
	await new Promise(resolve => setTimeout(resolve, Math.random() * 400));
	// What is acknowledged while the power goes does not count: ext4's shutdown lets a sync that is under way say that all is well,
	// also to a program of five lines (Linux 6.18: 2 of 60).
	const acknowledged = Number(out.slice(0, out.lastIndexOf('\n')).split('\n').at(-1));
	disk.cutPower();
	await ended; // its next write fails
	disk.restart();
	return acknowledged;
}

const isTornTail = (what: string) => /^1 damaged records of the event log/.test(what);

async function cutOnce(disk: LoopDisk): Promise<{acknowledged: number; troubles: string[]}> {
	const acknowledged = await writeAndCut(disk);
	const {seq, damaged, gaps} = look(disk.folder);
	return {
		acknowledged,
		troubles: [
			...(seq >= acknowledged ? [] : [`${acknowledged - seq} acknowledged facts are lost`]),
			...(gaps.length === 0 ? [] : [`gaps before ${gaps.join(', ')}`]),
			...damaged.filter(what => !isTornTail(what)),
		],
	};
}

test.each([
	['as it is mounted by default', []],
	['mounted with noauto_da_alloc', ['noauto_da_alloc']],
])(
	`power cuts under the writer, ext4 %s: all that was acknowledged is there`,
	{timeout: 30 * 60_000, retry: 0},
	async (how, options) => {
		const lacks = noLoopDisk();
		if (lacks) return notRun(`power cuts: needs ${lacks}`);
		using place = scratch('pilot-power');
		using disk = makeLoopDisk(place.dir, options);
		const outcomes: Awaited<ReturnType<typeof cutOnce>>[] = [];
		for (let cut = 0; cut < cuts; cut++) outcomes.push(await cutOnce(disk));
		tellFigure({
			name: `power cut, ext4 ${how}`,
			n: cuts,
			failures: outcomes.filter(outcome => outcome.troubles.length > 0).length,
			figure: `${outcomes.at(-1)?.acknowledged} facts acknowledged in all, ${outcomes.flatMap(one => one.troubles).length} troubles`,
		});
		expect(outcomes.flatMap(outcome => outcome.troubles)).toEqual([]);
	},
);
