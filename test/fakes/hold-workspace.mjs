// Takes a workspace as a pilot does, says so, and holds it until it is ended. Uses the built program.
import {loadSource} from '../../scripts/load-source.mjs';

const {takeWorkspace} = await loadSource('src/kernel/lock.ts');
const [, , workspace, pilotDir] = process.argv;
await takeWorkspace(workspace, pilotDir, '2026-03-10T12:00:00.000Z');
process.stdout.write('taken\n');
setInterval(() => {}, 1000);
