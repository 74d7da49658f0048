import {copyFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {loadConfig} from '../../src/config/index.js';
import {agentNames} from '../../src/session/index.js';
import {root} from '../support/pilot-process.js';
import {scratch} from '../support/workspace.js';

const folder = path.join(root, 'examples');
const examples = readdirSync(folder).filter(name => name.endsWith('.yaml'));

test('there are examples', () => {
	expect(examples).toEqual(expect.arrayContaining(['aider.yaml', 'codex.yaml', 'gemini.yaml', 'interactive.yaml']));
});

test.each(examples)('%s is a config.yaml that pilot takes', name => {
	const place = scratch();
	onTestFinished(() => place[Symbol.dispose]());
	copyFileSync(path.join(folder, name), path.join(place.dir, 'config.yaml'));
	expect(agentNames).toContain(loadConfig(place.dir, {}).agent);
});
