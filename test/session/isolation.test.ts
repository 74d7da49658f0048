import {expect, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import {sandboxTrouble} from '../../src/session/claude-sandbox.js';
import {bypassTrouble, detectIsolation} from '../../src/session/index.js';
import {notRun} from '../support/not-run.js';
import {scratch, writeTree} from '../support/workspace.js';

const bypass = (more: object = {}, agent = 'claude') =>
	Config.parse({agent, claude: {permissionMode: 'bypassPermissions', ...more}});

test('bypassPermissions is refused where nothing holds a session in, with what to do', () => {
	using place = scratch();
	const nothing = {PATH: place.dir};
	for (const sandbox of ['auto', 'off', 'required']) {
		const trouble = bypassTrouble(bypass({sandbox}), nothing, place.dir);
		expect(trouble, sandbox).toMatchObject({code: 'NO_ISOLATION', exitCode: 2});
		expect(trouble?.todo).toMatch(/container.*claude\.sandbox: required.*acceptEdits/);
	}
	expect(bypassTrouble(bypass({sandbox: 'required'}), nothing, place.dir)?.message).toContain(
		'bubblewrap is not installed',
	);
	expect(bypassTrouble(bypass({permissionMode: 'acceptEdits'}), nothing, place.dir)).toBeUndefined();
	expect(bypassTrouble(bypass({}, 'demo'), nothing, place.dir)).toBeUndefined();
});

test('a container holds it in', () => {
	using place = scratch();
	writeTree(place.dir, {'run/.containerenv': ''});
	expect(bypassTrouble(bypass(), {}, place.dir)).toBeUndefined();
	expect(detectIsolation(bypass(), {}, place.dir)).toMatchObject({kind: 'container'});
});

test('the sandbox does, where it is required and works; where it is only used if there, it may be gone tomorrow', () => {
	if (sandboxTrouble(process.env)) return notRun('the sandbox: needs bubblewrap and socat');
	using place = scratch();
	expect(detectIsolation(bypass({sandbox: 'required'}), process.env, place.dir)).toEqual({kind: 'sandbox'});
	expect(detectIsolation(bypass({sandbox: 'auto'}), process.env, place.dir)).toMatchObject({kind: 'none'});
});
