import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {commandNames, loadCommand} from '../../src/commands/_registry.js';
import {demoConfig, makeDemoWorld, pilot} from '../support/demo-world.js';
import {childEnv, cli, startPilot} from '../support/pilot-process.js';
import {makeRepository, scratch, smallProject} from '../support/workspace.js';

const missions = `## Pending
- [ ] Wait ^m-4k2p9q after:^m-aaaaaa
- [ ] Say hello access:write ^m-7k2p9x
  demo: writes hello.md
`;

let place: ReturnType<typeof scratch>;
let world: ReturnType<typeof makeDemoWorld>;
let running: ReturnType<typeof startPilot>;
let bin: string;

beforeAll(async () => {
	place = scratch('examples');
	world = makeDemoWorld(place.dir, missions, demoConfig('git: {push: false}\n'));
	bin = path.join(place.dir, 'bin');
	mkdirSync(bin);
	makeRepository(path.join(place.dir, 'my-app'), smallProject);
	writeFileSync(path.join(bin, 'pilot-tui'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, {mode: 0o755});
	writeFileSync(path.join(bin, 'claude'), '#!/bin/sh\necho "Current session"\necho "42% used"\n', {mode: 0o755});
	running = startPilot(['start', '--headless'], {cwd: world.workspace, env: childEnv(world.home)});
	await running.see('^m-7k2p9x done');
}, 60_000);

afterAll(async () => {
	await pilot(world, ['stop', '--now']);
	await running.finished;
	place[Symbol.dispose]();
});

/** Verbs whose example ends the pilot, never ends, or needs a terminal: each is tried in words of its own elsewhere. */
const apart = ['stop', 'demo', 'start', 'dashboard', 'attach', 'replay', 'merge-driver'];

test.each(commandNames.filter(name => !apart.includes(name)))('the example of %s runs as it is written', async name => {
	const spec = await loadCommand(name);
	const {PATH, ...env} = childEnv(world.home);
	const {status, stdout, stderr} = spawnSync('sh', ['-c', spec?.example.replace(' --follow', '') ?? ''], {
		cwd: world.workspace,
		env: {...env, PATH: `${bin}:${PATH}`},
		encoding: 'utf8',
		timeout: 30_000,
	});
	// What it names may not be there, or there is nothing to be done: then it says so in words.
	expect([0, 1], `${stdout}${stderr}`).toContain(status);
	expect(stderr).not.toMatch(/Internal error|unknown option|too many arguments/i);
});
