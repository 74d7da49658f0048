// Builds dist/ from src/ and components/: each program in one file, what they share and what is rarely needed in chunks beside it.
// Quick when nothing has changed since the last time.
import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamp = path.join(root, 'dist', '.built');

const newest = folder =>
	Math.max(
		0,
		...readdirSync(path.join(root, folder), {recursive: true, withFileTypes: true})
			.filter(entry => entry.isFile())
			.map(entry => statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
	);

const changedMs = Math.max(
	newest('src'),
	newest('components'),
	statSync(path.join(root, 'scripts', 'build.mjs')).mtimeMs,
	statSync(path.join(root, 'package.json')).mtimeMs,
);
if (existsSync(stamp) && statSync(stamp).mtimeMs >= changedMs) process.exit(0);
const esbuild = await import('esbuild').catch(() => undefined);
if (!esbuild) {
	console.error('esbuild is not installed: run `npm ci` first (with its devDependencies).');
	process.exit(1);
}
// Built beside and put in place whole: whoever is running the last build meanwhile finds no half of a new one.
const fresh = path.join(root, `dist.${process.pid}`);
const abandon = status => {
	rmSync(fresh, {recursive: true, force: true});
	process.exit(status);
};
const {status} = spawnSync(process.execPath, [path.join(root, 'scripts', 'gen.mjs')], {cwd: root, stdio: 'inherit'});
if (status !== 0) abandon(status ?? 1);

/** Ink asks for React's developer tools only when DEV is set; they are not ours to bring. */
const withoutDevtools = {
	name: 'without-devtools',
	setup(build) {
		build.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'devtools', namespace: 'empty'}));
		build.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {};'}));
	},
};

/** Yoga's code lies in it as text; read by fetch it would bring all of Node's network client with it, 15 ms of every start. */
const yogaWithoutFetch = {
	name: 'yoga-without-fetch',
	setup(build) {
		build.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path: file}) => ({
			contents: `const fetch = undefined;\n${readFileSync(file, 'utf8')}`,
		}));
	},
};

await esbuild
	.build({
		absWorkingDir: root,
		entryPoints: {
			cli: 'src/cli.ts',
			'demo-agent': 'src/session/demo/program.ts',
			'tell-pilot': 'src/session/interactive/tell-pilot.ts',
			'side-program': 'src/app/side-program.ts',
		},
		outdir: path.join(fresh, 'src'),
		// All in one folder: paths beside a module are the same from every chunk.
		chunkNames: 'chunk-[hash]',
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node22.22',
		jsx: 'automatic',
		sourcemap: 'linked',
		sourcesContent: false,
		legalComments: 'none',
		// React's own checks cost most of a frame.
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		minifySyntax: true,
		minifyWhitespace: true,
		external: ['node-pty', 'bufferutil', 'utf-8-validate'],
		// Packages in the old module format ask for Node's own modules by `require`.
		banner: {
			js: "import {createRequire as requireHere} from 'node:module';const require=requireHere(import.meta.url);",
		},
		plugins: [withoutDevtools, yogaWithoutFetch],
		logLevel: 'error',
	})
	.catch(() => abandon(1));
chmodSync(path.join(fresh, 'src', 'cli.js'), 0o755);
writeFileSync(path.join(fresh, '.built'), '');
rmSync(path.join(root, 'dist'), {recursive: true, force: true});
renameSync(fresh, path.join(root, 'dist'));
