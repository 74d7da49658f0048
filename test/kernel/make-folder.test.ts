import {existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {fenceFolder} from '../../src/kernel/fence.js';
import {writeDurably, writePrivately} from '../../src/kernel/files.js';
import {createLogger} from '../../src/kernel/logger.js';
import {makeFolder} from '../../src/kernel/make-folder.js';
import {openCastFile} from '../../src/screen/cast-file.js';
import {scratch} from '../support/workspace.js';

/** A workspace in use. */
function place() {
	const {dir, [Symbol.dispose]: remove} = scratch('make');
	onTestFinished(remove);
	const workspace = path.join(dir, 'workspace');
	mkdirSync(workspace);
	writeFileSync(path.join(workspace, 'config.yaml'), '');
	const fence = fenceFolder(workspace, ['config.yaml']);
	return {dir, workspace, ...fence};
}

const late: readonly (readonly [string, (file: string) => unknown])[] = [
	['a state', file => writeDurably(file, '{}')],
	['a launch file', file => writePrivately(file, '{}')],
	['a recording', file => openCastFile(file, {cols: 80, rows: 24, startedMs: 0} as never, 1e6)],
	['a log', file => createLogger(file, text => text, false)],
	['a folder', file => makeFolder(file)],
];

test.each(late)(
	'%s that is written late does not bring back a workspace that was removed, and says that it is gone',
	(_what, write) => {
		const {dir, workspace, release} = place();
		onTestFinished(release);
		rmSync(workspace, {recursive: true});
		expect(() => write(path.join(workspace, '.pilot/runs/m-aaaaaa/1/file'))).toThrow(
			expect.objectContaining({code: 'WORKSPACE_GONE'}),
		);
		expect(() => write(path.join(workspace, 'file'))).toThrow(expect.objectContaining({code: 'WORKSPACE_GONE'}));
		expect(readdirSync(dir)).toEqual([]);
	},
);

test('nor one that was moved away', () => {
	const {dir, workspace, release} = place();
	onTestFinished(release);
	renameSync(workspace, path.join(dir, 'elsewhere'));
	expect(() => writeDurably(path.join(workspace, 'state/a.json'), '{}')).toThrow('was removed');
	expect(readdirSync(dir)).toEqual(['elsewhere']);
	expect(readdirSync(path.join(dir, 'elsewhere'))).toEqual(['config.yaml']);
});

test('below it everything is made, `.pilot` too, with the mode that was asked for', () => {
	const {workspace, release} = place();
	onTestFinished(release);
	makeFolder(path.join(workspace, '.pilot/runs/m-aaaaaa'), 0o700);
	expect(statSync(path.join(workspace, '.pilot')).mode & 0o777).toBe(0o700);
	makeFolder(path.join(workspace, '.pilot/runs/m-aaaaaa'), 0o700);
	writeFileSync(path.join(workspace, 'journal'), '');
	expect(() => makeFolder(path.join(workspace, 'journal'))).toThrow(expect.objectContaining({code: 'EEXIST'}));
});

test('when it is let go, and elsewhere, whatever is missing is made', () => {
	const {dir, workspace, release} = place();
	makeFolder(path.join(dir, 'workspace-of-another/deep'));
	expect(existsSync(path.join(dir, 'workspace-of-another/deep'))).toBe(true);
	release();
	rmSync(workspace, {recursive: true});
	makeFolder(path.join(workspace, 'deep'));
	expect(existsSync(path.join(workspace, 'deep'))).toBe(true);
});
