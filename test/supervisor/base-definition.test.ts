import {existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import type {Run} from '../../src/domain/state.js';
import {putBaseDefinition, putSessionsBack} from '../../src/supervisor/perform/base-definition.js';
import {branch, checkOut, guarded, makeYard} from '../git/rig.js';

const scripts = {test: 'node --test', build: 'tsc'};
const manifest = (more: object) => `${JSON.stringify({name: 'app', ...more}, undefined, 2)}\n`;

/** A checkout of a project with scripts and a Makefile, in the hands of a session. */
async function place() {
	const yard = makeYard({'package.json': manifest({scripts}), Makefile: 'test:\n\tnode --test\n'});
	const checkout = await checkOut(yard, branch);
	const run = {missionId: 'm-abcdef', attempt: 1, checkout: {path: checkout.path, base: checkout.base, notes: []}};
	const pilotDir = path.join(yard.workspace, '.pilot');
	mkdirSync(path.join(pilotDir, 'runs/m-abcdef/1'), {recursive: true});
	const context = {pilotDir, guarded};
	const at = (name: string) => path.join(checkout.path, name);
	return {
		at,
		dir: yard.dir,
		put: () => putBaseDefinition(context, run as unknown as Run),
		back: () => putSessionsBack(context, run as unknown as Run),
		scripts: () => JSON.parse(readFileSync(at('package.json'), 'utf8')).scripts,
	};
}

test('what the base defines is as it was; new scripts stay, those that would run along do not', async () => {
	const {at, put, back, scripts: now} = await place();
	const sessions = manifest({
		scripts: {test: 'true', build: 'tsc', pretest: 'evil', posttest: 'evil', lint: 'biome', prettier: 'x'},
		dependencies: {a: '1'},
	});
	writeFileSync(at('package.json'), sessions);
	writeFileSync(at('Makefile'), 'test:\n\ttrue\n');
	expect(await put()).toEqual(['package.json', 'Makefile']);
	expect(now()).toEqual({...scripts, lint: 'biome', prettier: 'x'});
	expect(readFileSync(at('package.json'), 'utf8')).toContain('"dependencies"');
	expect(readFileSync(at('Makefile'), 'utf8')).toContain('node --test');
	back();
	expect(readFileSync(at('package.json'), 'utf8')).toBe(sessions);
	expect(readFileSync(at('Makefile'), 'utf8')).toContain('true');
});

test('a session that left the scripts alone keeps its file', async () => {
	const {at, put} = await place();
	writeFileSync(at('package.json'), manifest({scripts: {...scripts, lint: 'biome'}, version: '2.0.0'}));
	expect(await put()).toEqual([]);
	expect(readFileSync(at('package.json'), 'utf8')).toContain('2.0.0');
});

test('broken, taken away, or a link to somewhere else: the base’s is there, and nothing outside is touched', async () => {
	const {at, dir, put, back} = await place();
	writeFileSync(at('package.json'), '{');
	expect(await put()).toEqual(['package.json']);
	back();
	rmSync(at('package.json'));
	expect(await put()).toEqual(['package.json']);
	expect(lstatSync(at('package.json')).isFile()).toBe(true);
	back();
	expect(existsSync(at('package.json')), 'what the session took away stays away').toBe(false);
	back();
	const outside = path.join(dir, 'outside.json');
	writeFileSync(outside, 'mine');
	rmSync(at('package.json'), {force: true});
	symlinkSync(outside, at('package.json'));
	expect(await put()).toEqual(['package.json']);
	expect(lstatSync(at('package.json')).isFile()).toBe(true);
	back();
	expect(lstatSync(at('package.json')).isSymbolicLink()).toBe(true);
	expect(readFileSync(outside, 'utf8')).toBe('mine');
});

test('killed in between: the next one puts the session’s own back first', async () => {
	const {at, put, back} = await place();
	const sessions = manifest({scripts: {test: 'true'}});
	writeFileSync(at('package.json'), sessions);
	await put();
	expect(await put()).toEqual(['package.json']);
	back();
	expect(readFileSync(at('package.json'), 'utf8')).toBe(sessions);
	back();
	expect(existsSync(at('package.json'))).toBe(true);
});
