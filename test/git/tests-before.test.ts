import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {Config} from '../../src/domain/config.js';
import {createRedactor} from '../../src/kernel/redact.js';
import {run} from '../../src/kernel/spawn.js';
import {readTestsBefore, runTestsBefore} from '../../src/supervisor/perform/tests-before.js';
import {checkOut, guarded, makeYard} from './rig.js';

async function rig() {
	const yard = makeYard();
	const checkout = await checkOut(yard, 'pilot/m-abcdef-x');
	const context = {
		...{pilotDir: path.join(yard.dir, 'pilot'), config: Config.parse({}), run, guarded},
		redact: createRedactor([]),
	};
	const env = {PATH: process.env.PATH ?? ''};
	const before = (command: string, signal: AbortSignal) => runTestsBefore(context, {checkout, command, env, signal});
	return {yard, checkout, context, before};
}

test('how the tests stood before is kept, and the checkout is as it was', async () => {
	const {checkout, context, before} = await rig();
	const files = readdirSync(checkout.path);
	const command = 'touch new; rm greet.js; exit 3';
	await before(command, new AbortController().signal);
	expect(readTestsBefore(context, checkout.base, command)).toMatchObject({exitCode: 3});
	expect(readdirSync(checkout.path)).toEqual(files);
});

test('a stop ends them, and what they said by then is no result', {timeout: 20_000}, async () => {
	const {yard, checkout, context, before} = await rig();
	const stop = new AbortController();
	const command = `touch '${yard.dir}/started'; sleep 600`;
	const ran = before(command, stop.signal);
	const watch = setInterval(() => existsSync(path.join(yard.dir, 'started')) && stop.abort(), 20);
	await expect(ran).rejects.toThrow(expect.objectContaining({code: 'STOPPED'}));
	clearInterval(watch);
	expect(readTestsBefore(context, checkout.base, command)).toBeUndefined();
});

test('a result that a kill or a power cut has torn is none: they are run again', async () => {
	const {checkout, context, before} = await rig();
	await before('exit 3', new AbortController().signal);
	const folder = path.join(context.pilotDir, 'baselines');
	const [file = ''] = readdirSync(folder);
	for (const torn of ['', '{"exitCode":3,"cou']) {
		writeFileSync(path.join(folder, file), torn);
		expect(readTestsBefore(context, checkout.base, 'exit 3')).toBeUndefined();
		await before('exit 3', new AbortController().signal);
		expect(readTestsBefore(context, checkout.base, 'exit 3')).toMatchObject({exitCode: 3});
	}
});
