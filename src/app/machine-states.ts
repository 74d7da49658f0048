import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {PilotState} from '../domain/state.js';

/** The last state of each machine that worked here, for when no pilot runs. One that cannot be read is left out. */
export function readMachineStates(workspace: string): PilotState[] {
	const folder = path.join(workspace, 'state');
	return (existsSync(folder) ? readdirSync(folder) : [])
		.filter(name => name.endsWith('.json'))
		.map(name => PilotState.safeParse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))))
		.filter(parsed => parsed.success)
		.map(parsed => parsed.data);
}
