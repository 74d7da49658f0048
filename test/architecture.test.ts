import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {root} from './support/pilot-process.js';

const rooms = [
	'supervisor',
	'session',
	'screen',
	'queue',
	'budget',
	'notes',
	'git',
	'reach',
	'proof',
	'control',
	'config',
];

const files = ['src', 'components']
	.flatMap(folder =>
		readdirSync(path.join(root, folder), {recursive: true, encoding: 'utf8'}).map(name => `${folder}/${name}`),
	)
	.filter(name => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'));

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

interface Import {
	readonly from: string;
	/** A file of the project, or a bare module name. */
	readonly to: string;
}

const imports: Import[] = files.flatMap(from =>
	[...textOf(from).matchAll(/(?:^|\n)\s*(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'|\bimport\('([^']+)'\)/g)].map(
		match => {
			const name = match[1] ?? match[2] ?? '';
			if (!name.startsWith('.')) return {from, to: name};
			const base = path.posix.join(path.posix.dirname(from), name).replace(/\.js$/, '');
			return {from, to: files.find(file => file === `${base}.ts` || file === `${base}.tsx`) ?? base};
		},
	),
);

const zoneOf = (file: string) =>
	file.startsWith('components/') ? 'components' : (/^src\/([^/]+)\//.exec(file)?.[1] ?? 'cli');
const isFile = (name: string) => name.startsWith('src/') || name.startsWith('components/');
const throughIndex = (name: string) => /^src\/[^/]+\/index\.ts$/.test(name);

/** What a file of a zone may import; undefined when it may. */
function offence({from, to}: Import): string | undefined {
	const zone = zoneOf(from);
	const goal = isFile(to) ? zoneOf(to) : to.startsWith('node:') ? 'node' : 'bare';
	const told = `${from} imports ${to}`;
	if (zone === 'app' || zone === 'commands' || zone === 'cli')
		return goal === 'components' && from !== 'src/app/mount.tsx' ? told : undefined;
	if (zone === 'domain') return goal === 'domain' || to === 'zod' ? undefined : told;
	if (zone === 'kernel') return ['domain', 'kernel', 'node', 'bare'].includes(goal) ? undefined : told;
	if (zone === 'view') return ['domain', 'view'].includes(goal) || to === 'react' ? undefined : told;
	if (zone === 'components')
		return ['domain', 'view', 'components'].includes(goal) || ['react', 'ink', 'ink-text-input'].includes(to)
			? undefined
			: told;
	if (!rooms.includes(zone)) return `${from} is in no known zone`;
	if (['domain', 'kernel', 'node', 'bare', zone].includes(goal)) return undefined;
	return zone === 'supervisor' && rooms.includes(goal) && throughIndex(to) ? undefined : told;
}

test('every import keeps to the walls between the rooms', () => {
	expect(imports.length).toBeGreaterThan(200);
	expect(imports.map(offence).filter(Boolean)).toEqual([]);
});

test('there is no cycle', () => {
	const next = new Map(
		files.map(file => [file, imports.filter(item => item.from === file && isFile(item.to)).map(item => item.to)]),
	);
	const done = new Set<string>();
	const cycles: string[] = [];
	const walk = (file: string, trail: readonly string[]) => {
		if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
		if (done.has(file) || trail.includes(file)) return;
		for (const to of next.get(file) ?? []) walk(to, [...trail, file]);
		done.add(file);
	};
	for (const file of files) walk(file, []);
	expect(cycles).toEqual([]);
});

test('only the dashboard is written with JSX, and only the mount is in src', () => {
	expect(files.filter(file => file.endsWith('.tsx') && file.startsWith('src/'))).toEqual(['src/app/mount.tsx']);
	expect(files.filter(file => file.startsWith('components/') && file.endsWith('.tsx')).length).toBeGreaterThan(5);
});

const isTable = (file: string) => /_registry\.ts$/.test(file);
const lineCount = (text: string) => text.split('\n').length - 1;

/** Lines of each function that starts at the left edge or is a constant there: from its first line to the closing bracket at the same depth. */
function functions(file: string): {name: string; lines: number}[] {
	const lines = textOf(file).split('\n');
	return lines.flatMap((line, start) => {
		const match =
			/^(\t*)(?:export )?(?:default )?(?:async )?(?:function\*? (\w+)|const (\w+) = (?:async )?(?:\([^)]*\)|\w+)(?::[^=]+)? =>|const (\w+): \w+(?:<[^>]*>)? = (?:async )?\(?)/.exec(
				line,
			);
		if (!match) return [];
		const name = match[2] ?? match[3] ?? match[4] ?? '?';
		const end = lines.findIndex(
			(other, index) =>
				index > start &&
				other.startsWith(match[1] ?? '') &&
				/^\t*[})\]]/.test(other) &&
				other.search(/[^\t]/) === (match[1] ?? '').length,
		);
		return [{name: `${file}: ${name}`, lines: end < 0 || /[;}]$/.test(line) ? 1 : end - start + 1}];
	});
}

const p90 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? 0;

test('files and functions stay small', () => {
	const sizes = files.filter(file => !isTable(file)).map(file => ({file, lines: lineCount(textOf(file))}));
	expect(sizes.filter(({lines}) => lines > 300)).toEqual([]);
	expect(sizes.filter(({file, lines}) => file.startsWith('components/') && lines > 120)).toEqual([]);
	const all = files.flatMap(functions);
	expect(all.filter(({lines}) => lines > 60)).toEqual([]);
	console.log(
		`${files.length} files, p90 ${p90(sizes.map(({lines}) => lines))} lines; ${all.length} functions, p90 ${p90(all.map(({lines}) => lines))} lines`,
	);
});

test('a component keeps at most three states of its own', () => {
	const greedy = files.filter(
		file => file.startsWith('components/') && (textOf(file).match(/\buseState\b[<(]/g)?.length ?? 0) > 3,
	);
	expect(greedy).toEqual([]);
});
