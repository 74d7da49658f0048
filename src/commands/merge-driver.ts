import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {defineCommand} from '../app/define-command.js';
import {mergeOwn} from '../app/merge-own.js';

export default defineCommand({
	name: 'merge-driver',
	summary: 'Merge a file of the workspace; git calls it, as gitattributes(5) says of merge drivers.',
	args: [
		['<base>', 'what both sides come from'],
		['<ours>', 'one side; the result is written here'],
		['<theirs>', 'the other side'],
		['<path>', 'the path of the file in the workspace'],
	],
	example: 'pilot-tui merge-driver %O %A %B %P',
	hidden: true,
	async run({args, cwd}) {
		const [base = '', ours = '', theirs = '', file = ''] = args;
		const read = (name: string) => readFileSync(path.resolve(cwd, name));
		writeFileSync(path.resolve(cwd, ours), mergeOwn(file, read(base), read(ours), read(theirs)));
		return 0;
	},
});
