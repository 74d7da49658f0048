// What a row cannot do without.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {hasCcmanager} from './terminal/ccmanager.mjs';

const answers = (file, ...words) => spawnSync(file, words, {stdio: 'ignore'}).status === 0;

const tools = {
	tmux: () => answers('tmux', '-V'),
	seq: () => answers('seq', '1'),
	cc: () => answers('cc', '--version'),
	ccmanager: hasCcmanager,
	proc: () => existsSync('/proc/self/stat'),
};

const names = {proc: 'Linux (/proc)', cc: 'cc, a C compiler', ccmanager: 'ccmanager 2.11.6 from npm'};

/** The first of them that is not here, in words; undefined = all are. */
export function missingTool(needs) {
	const missing = needs.find(need => !tools[need]());
	return missing && (names[missing] ?? missing);
}
