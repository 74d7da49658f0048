import {appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {createEditsHere} from '../../src/app/edit-here.js';
import {editorCall, editorOf} from '../../src/app/editor.js';
import type {Editing} from '../../src/view/hands.js';
import {scratch} from '../support/workspace.js';

const queue = '## Pending\n- [ ] First ^m-aaaaaa\n- [ ] Second ^m-bbbbbb\n';

/** Edits with a shell command for an editor; gives what was said, and what became of the files. */
async function edit(script: string, what: Editing = {kind: 'mission', id: 'm-bbbbbb'}, meanwhile = '') {
	using place = scratch('edit-here');
	const file = (name: string) => path.join(place.dir, name);
	writeFileSync(file('missions.md'), queue);
	writeFileSync(file('config.yaml'), 'agent: demo\n');
	writeFileSync(file('editor.sh'), `${meanwhile}\n${script}\n`);
	const deeds: string[] = [];
	let said = '';
	const edits = createEditsHere({
		env: {EDITOR: `sh ${file('editor.sh')}`},
		workspace: place.dir,
		outer: {leave: () => deeds.push('leave'), enter: () => deeds.push('enter')},
		store: {
			say(text: string) {
				said = text;
			},
		},
		back: () => deeds.push('back'),
	});
	edits.edit(what);
	edits.edit(what);
	expect(edits.isOpen).toBe(true);
	await expect.poll(() => said, {timeout: 5000}).not.toBe('');
	expect(deeds).toEqual(['leave', 'enter', 'back']);
	const kept = readdirSync(file('.pilot/edit'));
	const read = (name: string) => readFileSync(file(name), 'utf8');
	return {said, kept: kept.length, missions: read('missions.md'), config: read('config.yaml')};
}

test('what is saved is merged with what was written meanwhile, and no copy is left', async () => {
	const added = '- [ ] Third, from a chat ^m-cccccc';
	const {said, missions, kept} = await edit(
		`sed -i 's/Second/Second, in more words/' "$1"`,
		{kind: 'mission', id: 'm-bbbbbb'},
		`printf '%s\\n' '${added}' >> missions.md; sed -i 's/First/First, marked/' missions.md`,
	);
	expect(said).toBe('missions.md is saved.');
	expect(missions).toBe(`## Pending\n- [ ] First, marked ^m-aaaaaa\n- [ ] Second, in more words ^m-bbbbbb\n${added}\n`);
	expect(kept).toBe(0);
});

test.each([
	[
		'an editor that fails',
		`printf 'half' > "$1"; exit 1`,
		/as it was: the editor ended with 1.*What was saved is in .*missions\.md/,
		1,
	],
	['a file that is emptied', `: > "$1"`, /as it was: no mission was left in it/, 1],
	['a file that is removed', `rm "$1"`, /as it was: the editor has removed the file/, 0],
	['an editor that is not there', 'exec /no/such/editor', /as it was: the editor ended with 127/, 0],
	['one that changes nothing', 'true', /^missions\.md is as it was\.$/, 0],
])('%s loses nothing', async (_name, script, words, copies) => {
	const {said, missions, kept} = await edit(script);
	expect(said).toMatch(words);
	expect(missions).toBe(queue);
	expect(kept).toBe(copies);
});

test('text that is no mission is saved, and said to be none', async () => {
	const {said, missions} = await edit(`printf '%s\\n' '- [z] What is this' >> "$1"`);
	expect(said).toMatch(/missions\.md is saved/);
	expect(missions).toContain('What is this');
	expect(missions).toContain('^m-aaaaaa');
});

test('config.yaml is edited too', async () => {
	const {said, config} = await edit(`echo 'limits: {}' >> "$1"`, {kind: 'config'});
	expect(said).toMatch(/^config\.yaml is saved; the pilot reads it at its next start/);
	expect(config).toBe('agent: demo\nlimits: {}\n');
});

test('who leaves while the editor is open ends it, and what it had saved is merged or kept', async () => {
	using place = scratch('edit-here');
	writeFileSync(path.join(place.dir, 'missions.md'), queue);
	const script = path.join(place.dir, 'editor.sh');
	writeFileSync(script, 'echo "- [ ] Saved ^m-dddddd" >> "$1"; touch saved; exec sleep 60');
	const never = () => expect.fail('the dashboard has left');
	const edits = createEditsHere({
		...{env: {VISUAL: `sh ${script}`}, workspace: place.dir, back: never},
		outer: {leave() {}, enter: never},
		store: {say: never},
	});
	edits.edit({kind: 'mission', id: undefined});
	await expect.poll(() => existsSync(path.join(place.dir, 'saved'))).toBe(true);
	appendFileSync(path.join(place.dir, 'missions.md'), '- [ ] Other ^m-eeeeee\n');
	await edits.end();
	expect(readFileSync(path.join(place.dir, 'missions.md'), 'utf8')).toContain('^m-eeeeee');
	const [copy = ''] = readdirSync(path.join(place.dir, '.pilot/edit'));
	expect(readFileSync(path.join(place.dir, '.pilot/edit', copy, 'missions.md'), 'utf8')).toContain('Saved ^m-dddddd');
});

test('known editors open at the line, each in its way; any other opens the file', () => {
	const call = (editor: string, line = 7) => editorCall(editor, '/w/missions.md', line).slice(1);
	expect(call('vim')).toEqual(['exec vim "$@"', 'editor', '+7', '/w/missions.md']);
	expect(call('/usr/bin/nano -w')).toEqual(['exec /usr/bin/nano -w "$@"', 'editor', '+7', '/w/missions.md']);
	expect(call('code --wait')).toEqual(['exec code --wait "$@"', 'editor', '--goto', '/w/missions.md:7']);
	expect(call('hx')).toEqual(['exec hx "$@"', 'editor', '/w/missions.md:7']);
	expect(call('ed')).toEqual(['exec ed "$@"', 'editor', '/w/missions.md']);
	expect(call('vim', 1)).toEqual(['exec vim "$@"', 'editor', '/w/missions.md']);
	expect([editorOf({VISUAL: 'a', EDITOR: 'b'}), editorOf({VISUAL: ' ', EDITOR: 'b'}), editorOf({})]).toEqual([
		'a',
		'b',
		'vi',
	]);
});
