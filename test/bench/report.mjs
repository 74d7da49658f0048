// The figures of a run for people and for programs.
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

function machine() {
	const tmux = spawnSync('tmux', ['-V'], {encoding: 'utf8'}).stdout?.trim() || 'no tmux';
	const cpus = os.cpus();
	return `${cpus.length} cores (${cpus[0]?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}, ${tmux}`;
}

const absolute = row => {
	if (row.unit === 'x') return `${row.ours} : ${row.theirs} ${row.measure ?? 'ms'}`;
	return '';
};

/** `2.4x`, `38 MB`. */
const figure = (row, value) => (value === undefined ? '–' : row.unit === 'x' ? `${value}x` : `${value} ${row.unit}`);

const verdict = row => {
	if (row.reach === undefined) return 'only told';
	if (!row.holds) return 'MISSED';
	return row.ratio <= row.aim ? 'aim met' : row.ratio <= row.reach ? 'holds' : 'holds (interval)';
};

export function lineOf(row) {
	if (row.notRun) return `${row.name}: NOT RUN: ${row.notRun}`;
	if (row.failed) return `${row.name}: FAILED: ${row.failed}`;
	const bars = row.reach === undefined ? '' : `, reach ${row.reach}, aim ${row.aim}`;
	const peer = row.peer ? ` of ${row.peer}` : '';
	return `${row.name}: ${figure(row, row.ratio)}${peer} (${row.low}–${row.high}${bars}) ${absolute(row)} ${verdict(row)}`;
}

function tableRow(row) {
	const cells = row.notRun
		? [row.name, row.peer ?? '', `NOT RUN: ${row.notRun}`, '', '', '', '', '']
		: row.failed
			? [row.name, row.peer ?? '', 'FAILED', '', '', row.reach, row.aim, 'MISSED']
			: [
					row.name,
					row.peer || '–',
					figure(row, row.ratio),
					`${row.low}–${row.high}`,
					absolute(row) || '–',
					figure(row, row.reach),
					figure(row, row.aim),
					verdict(row),
				];
	return `| ${cells.map(cell => cell ?? '').join(' | ')} |`;
}

const begin = '<!-- table: npm run bench -->';
const finish = '<!-- end of table -->';

const mostRounds = rows => Math.max(0, ...rows.map(row => row.rounds?.length ?? 0));

function tableOf({date, machine: where, rows}) {
	const head =
		'| what | beside | figure | 90 % interval | ours : theirs | reach | aim | verdict |\n| --- | --- | --- | --- | --- | --- | --- | --- |';
	return `${begin}\n${date.slice(0, 10)}, ${where}; ${mostRounds(rows)} rounds:\n\n${head}\n${rows.map(tableRow).join('\n')}\n${finish}`;
}

/** `isWhole`: all rows, at full length; only such a run is put into the docs. */
export function writeReport({root, folder, rows, isShort, isWhole}) {
	const result = {
		date: new Date().toISOString(),
		machine: machine(),
		...(isShort ? {short: true} : {}),
		rows: rows.map(({key: _key, ...row}) => row),
	};
	writeFileSync(path.join(folder, 'latest.json'), `${JSON.stringify(result, undefined, '\t')}\n`);
	if (!isWhole) return;
	const page = path.join(root, 'docs/benchmarks.md');
	const [before, after] = readFileSync(page, 'utf8').split(new RegExp(`${begin}[^]*${finish}`));
	writeFileSync(page, `${before}${tableOf(result)}${after}`);
}
