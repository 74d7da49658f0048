// Builds after an install. `npm ci` under an old Node gets here with that Node, if install scripts were off: then `npm test` says so
// itself, and the install must not fail for it.
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
	console.error('pilot-tui: not built, this Node is too old to build it.');
	process.exit(0);
}
const build = path.join(path.dirname(fileURLToPath(import.meta.url)), 'build.mjs');
process.exit(spawnSync(process.execPath, [build], {stdio: 'inherit'}).status ?? 1);
