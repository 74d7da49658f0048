// Loads a module of src/ for scripts that run beside the program: bundled alone, its packages as installed.
import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export async function loadSource(file) {
	const folder = path.join(root, '.cache', 'source');
	mkdirSync(folder, {recursive: true});
	const outfile = path.join(folder, `${file.replaceAll('/', '-')}.${process.pid}.mjs`);
	await build({
		entryPoints: [path.join(root, file)],
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		packages: 'external',
		logLevel: 'error',
	});
	return import(pathToFileURL(outfile).href);
}
