// Writes the registries of one-file plugins: a map from their names to a lazy import, so that nothing heavy loads unasked.
// `node scripts/gen.mjs --check` exits 1 when one of them is stale.
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const registries = [
	{folder: 'src/session/agents', names: 'agentNames', load: 'loadAgent'},
	{folder: 'src/commands', names: 'commandNames', load: 'loadCommand'},
];

function render({folder, names, load}) {
	const files = readdirSync(path.join(root, folder))
		.filter(name => name.endsWith('.ts') && !name.startsWith('_') && !name.endsWith('.d.ts'))
		.map(name => name.replace(/\.ts$/, ''))
		.sort();
	const entries = files.map(name => `\t${JSON.stringify(name)}: () => import('./${name}.js'),`);
	return `// Made by \`npm run gen\` from the files beside it. Do not edit.
const registry = {
${entries.join('\n')}
};

export const ${names} = Object.keys(registry);

export async function ${load}(name: string) {
	const found = Object.hasOwn(registry, name) ? registry[name as keyof typeof registry] : undefined;
	return found === undefined ? undefined : (await found()).default;
}
`;
}

const check = process.argv.includes('--check');
let stale = 0;
for (const registry of registries) {
	const file = path.join(root, registry.folder, '_registry.ts');
	const text = render(registry);
	if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
	stale++;
	if (check) console.error(`${registry.folder}/_registry.ts is stale: npm run gen`);
	else writeFileSync(file, text);
}
process.exit(check && stale > 0 ? 1 : 0);
