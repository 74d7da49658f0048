import {expect, test} from 'vitest';
import {createTyping} from '../../src/app/typing.js';
import type {Dialog} from '../../src/view/screen.js';
import {createViewStore} from '../../src/view/store.js';

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** A dashboard on which a dialog hears nothing before it has been drawn, which takes a while. */
function dashboard() {
	const heard: string[] = [];
	const store = createViewStore({workspace: 'w', colour: true, nowMs: 0});
	const dialog = () => store.getState().screen.dialog;
	let hears: Dialog = 'none';
	const drawn = async () => {
		await wait(20);
		hears = dialog();
	};
	const press = (text: string) => {
		heard.push(hears === dialog() ? `${dialog()}:${text}` : `lost:${text}`);
		if (dialog() === 'none' && text === 'q') store.change({dialog: 'quit'});
		else if (dialog() === 'none' && text === 'n') store.change({dialog: 'new'});
		else if (text === '\u001b' || text === '\r') store.change({dialog: 'none'});
	};
	return {heard, type: createTyping({press, store, drawn})};
}

test('a key that opens a dialog and what is typed behind it in one breath', async () => {
	const {heard, type} = dashboard();
	type('jqs');
	await expect.poll(() => heard).toEqual(['none:j', 'none:q', 'quit:s']);
});

test('what comes before the dialog is drawn waits for it, Escape and what follows too', async () => {
	const {heard, type} = dashboard();
	type('q');
	type('s');
	type('\u001b');
	await wait(100);
	type('n');
	await wait(5);
	type('Fix the door\r');
	type('x');
	await expect
		.poll(() => heard)
		.toEqual(['none:q', 'quit:s', 'quit:\u001b', 'none:n', 'new:Fix the door', 'new:\r', 'none:x']);
});

test('Tabs and arrows that came together are heard one after the other; a paste stays whole', async () => {
	const {heard, type} = dashboard();
	type('n');
	type('\t\tGamma\tdesc');
	type('\u001b[B\u001b[Z');
	type('\u001b[200~a\tb\rc\u001b[201~');
	const keys = ['\t', '\t', 'Gamma', '\t', 'desc', '\u001b[B', '\u001b[Z', '\u001b[200~a\tb\rc\u001b[201~'];
	await expect.poll(() => heard).toEqual(['none:n', ...keys.map(key => `new:${key}`)]);
});

test('keys that open nothing are handed on at once, and sequences stay whole', () => {
	const {heard, type} = dashboard();
	type('jjk');
	type('\u001b[A');
	expect(heard).toEqual(['none:j', 'none:j', 'none:k', 'none:\u001b[A']);
});
