// Figures that the fault tests tell (test/support/figures.ts) for people and programs: `.faults/latest.json`, and after a full run the
// table in docs/reliability.md. A row stays until a run with as many tries replaces it.
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const begin = '<!-- table: npm run test:faults -->';
const finish = '<!-- end of table -->';

const linesOf = file =>
	existsSync(file)
		? readFileSync(file, 'utf8')
				.trim()
				.split('\n')
				.filter(Boolean)
				.map(line => JSON.parse(line))
		: [];

const cellsOf = row => [row.name, row.n, row.failures, row.figure.replaceAll('|', '/'), row.date];

function writeTable(doc, rows) {
	const text = readFileSync(doc, 'utf8');
	const [from, to] = [text.indexOf(begin), text.indexOf(finish)];
	if (from < 0 || to < from) throw new Error(`${doc} has no place for the table`);
	const had = text
		.slice(from, to)
		.split('\n')
		.filter(line => line.startsWith('| ') && !line.startsWith('| what ') && !line.startsWith('| ---'))
		.map(line => line.slice(2, -2).split(' | '));
	const table = new Map(had.map(cells => [cells[0], cells]));
	for (const row of rows) table.set(row.name, cellsOf(row));
	const body = [...table.values()].map(cells => `| ${cells.join(' | ')} |`).join('\n');
	const head = '| what | tried | failed | figure | measured |\n| --- | --- | --- | --- | --- |';
	writeFileSync(doc, `${text.slice(0, from)}${begin}\n${head}\n${body}\n${text.slice(to)}`);
}

/** @param {{root: string, told: string, short: boolean}} where `told`: the file that the tests wrote, one JSON object a line. */
export function keepFigures({root, told, short}) {
	const date = new Date().toISOString().slice(0, 10);
	const rows = linesOf(told).map(row => ({...row, date}));
	if (rows.length === 0) return;
	const folder = path.join(root, '.faults');
	mkdirSync(folder, {recursive: true});
	const machine = `${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), ${os.type()} ${os.release()}, Node ${process.versions.node}`;
	writeFileSync(
		path.join(folder, 'latest.json'),
		`${JSON.stringify({date: new Date().toISOString(), short, machine, rows}, undefined, '\t')}\n`,
	);
	if (!short) writeTable(path.join(root, 'docs', 'reliability.md'), rows);
}
