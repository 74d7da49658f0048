import {Box} from 'ink';
import {cleanup, render} from 'ink-testing-library';
import {afterEach, expect, test} from 'vitest';
import NewMission from '../../components/dialogs/NewMission.js';
import type {Answer, CommandInput} from '../../src/domain/command.js';
import {morningOf} from '../../src/domain/morning.js';
import {createViewStore} from '../../src/view/store.js';
import {DeckContext} from '../../src/view/use-pilot.js';
import {aStatus, nowMs} from '../view/a-status.js';
import {renderAt} from './render-at.js';

afterEach(cleanup);

const pause = () => new Promise(resolve => setTimeout(resolve, 20));

function open(refusal?: Answer) {
	const store = createViewStore({workspace: 'w', colour: true, nowMs});
	const asked: CommandInput[] = [];
	const hands = {
		async command(command: CommandInput) {
			asked.push(command);
			return refusal ?? {ok: true, say: 'Added.'};
		},
		place() {},
		cover() {},
		pane() {},
		suspend() {},
		replay: async () => '',
		edit() {},
		read: async () => [],
		commands: async () => [],
		memory: async () => [],
		morning: async () => morningOf([], nowMs - 1, nowMs),
		leave() {},
		leaveWhenEnded() {},
	};
	store.change({dialog: 'new'});
	const screen = render(
		<DeckContext.Provider value={{store, hands}}>
			<Box width={100} height={24}>
				<NewMission columns={100} rows={24} />
			</Box>
		</DeckContext.Provider>,
	);
	const type = async (text: string) => {
		await pause();
		screen.stdin.write(text);
		await pause();
	};
	return {store, asked, screen, type};
}

test('says what it wants, and how to get out', () => {
	const {screen} = open();
	expect(screen.lastFrame()).toContain('New mission');
	expect(screen.lastFrame()).toContain('Enter add   Esc cancel   Tab next field');
});

test('a title too long for its box shows its end, where one types', async () => {
	const {screen, type} = open();
	await type(`${'word '.repeat(80)}THE END`);
	expect(screen.lastFrame()).toContain('THE END');
	expect(screen.lastFrame()).toContain('Enter add');
});

test('blanks between words are kept, blanks around are not', async () => {
	const {asked, type} = open();
	for (const letter of ' a b  ') await type(letter);
	await type('\r');
	expect(asked).toEqual([{type: 'mission.add', title: 'a b', isTyped: true, source: 'dashboard'}]);
});

test('an empty title is a change of mind', async () => {
	const {asked, store, type} = open();
	await type('\r');
	expect(asked).toEqual([]);
	expect(store.getState().screen.dialog).toBe('none');
});

const tab = '\t';

test('Tab goes through the fields; what was said is in the wish, and nothing else', async () => {
	const {asked, type} = open();
	for (const text of ['A door', tab, 'first', '\r', 'second!', '\u007f', tab, '\u001b[C', tab, '\u001b[C'])
		await type(text);
	for (const text of [tab, '+app', tab, '@audit', tab, '^m-aaaaaa, m-bbbbbb', '\r']) await type(text);
	expect(asked).toEqual([
		{
			...{type: 'mission.add', title: 'A door', isTyped: true, source: 'dashboard', description: 'first\nsecond'},
			...{priority: 2, access: 'write', target: 'app', template: 'audit', after: ['m-aaaaaa', 'm-bbbbbb']},
		},
	]);
});

test('what is wrong stands beside its field, and nothing that was typed is lost', async () => {
	const {asked, screen, type, store} = open();
	for (const text of [tab, 'only this', '\u001b[Z', '\r']) await type(text);
	expect(screen.lastFrame()).toMatch(/Title .*✗ Say what shall be true/);
	for (const text of ['A door', '\u001b[Z', 'm-xy', '\r']) await type(text);
	expect(screen.lastFrame()).toMatch(/After +> m-xy.*✗ m-xy is no id/);
	expect(screen.lastFrame()).not.toContain('Say what shall');
	expect(screen.lastFrame()).toContain('only this');
	expect([asked, store.getState().screen.dialog]).toEqual([[], 'new']);
});

test('what the pilot refuses stands beside the field that it is about', async () => {
	const {screen, type} = open({ok: false, code: 'TARGET_UNKNOWN', say: 'config.yaml has no target door.'});
	for (const text of ['A title', tab, tab, tab, tab, 'door', tab, '\r']) await type(text);
	expect(screen.lastFrame()).toMatch(/Target +> door.*✗ config\.yaml has no target/);
});

test('a description of many lines shows its end, and a paste of several lines keeps them', async () => {
	const {screen, type, asked} = open();
	for (const text of [
		'T',
		tab,
		...Array.from({length: 9}, (_, n) => `line ${n}\r`),
		'\u001b[200~x\n\u001b[31my\u001b[201~',
	])
		await type(text);
	expect(screen.lastFrame()).toContain('line 8');
	expect(screen.lastFrame()).not.toContain('line 2');
	for (const text of [tab, '\r']) await type(text);
	expect(asked[0]).toMatchObject({description: expect.stringMatching(/^line 0\nline 1[\s\S]*line 8\nx\ny$/)});
});

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('at %i×%i hostile text stays within the form', async (columns, rows) => {
	const evil = `\u001b[2J\u001b]52;c;eA==\u0007\u202e${'日本語 '.repeat(100)}\n`;
	const answer = {ok: false, code: 'TARGET_UNKNOWN', say: evil};
	const rig = renderAt(columns, rows, {answer});
	rig.store.setStatus(aStatus());
	await rig.press('n');
	for (let field = 0; field < 7; field++) await rig.press(`\u001b[200~${evil}\u001b[201~`, tab);
	expect(await rig.overflow()).toEqual([]);
	await rig.press('\r');
	expect(await rig.overflow()).toEqual([]);
	expect(rig.written()).not.toMatch(/\u001b\]52|\u202e/);
	rig.close();
});

test('Esc keeps what was typed: the key that opened the form goes on with it; Ctrl-U clears it', async () => {
	const rig = renderAt(80, 24);
	rig.store.setStatus(aStatus());
	await rig.press('n', ...'A door', tab, ...'red', '\u001b');
	expect(await rig.text()).toMatch(/» Kept: n goes on with it\./);
	await rig.press('n', '!');
	expect(await rig.text()).toMatch(/Title +A door[\s\S]*Description +> red!/);
	await rig.press('\u0003', '\u001b', 'n');
	expect(await rig.text()).toContain('A door');
	await rig.press('\u0015');
	expect(await rig.text()).not.toMatch(/A door|red!|> u/);
	await rig.press(...'New', '\u001b', 'n', '\r');
	expect(rig.asked).toEqual([{type: 'mission.add', title: 'New', isTyped: true, source: 'dashboard'}]);
	await rig.press('n');
	expect(await rig.text()).not.toContain('Title        > New');
	await rig.press('\u001b');
	expect(await rig.text()).not.toContain('goes on with it');
	rig.close();
});

test.each([15, 13, 9, 6])(
	'in a window of %i rows every field can be come to, and its hint and keys are seen',
	async rows => {
		const rig = renderAt(70, rows);
		rig.store.setStatus(aStatus());
		await rig.press('n');
		for (const label of ['Title', 'Description', 'Priority', 'Access', 'Target', 'Template', 'After']) {
			const text = await rig.text();
			expect(text).toMatch(new RegExp(`${label} +>`));
			expect(text).toContain('Tab next field');
			await rig.press(tab);
		}
		expect(await rig.overflow()).toEqual([]);
		expect(await rig.text()).toMatch(
			rows < 14 ? /New mission: Title, 1 of 7[\s\S]*Title +>/ : /New mission +│[\s\S]*Title +>/,
		);
		rig.close();
	},
);

test('beside the access stands what it comes to', async () => {
	const rig = renderAt(80, 24);
	rig.store.setStatus(aStatus());
	await rig.press('n');
	expect(await rig.text()).toMatch(/Access +‹ read › {2}reads only/);
	await rig.press('\t', '\t', '\t', '\u001b[C');
	expect(await rig.text()).toMatch(/Access +>?\s*‹ write › {2}on a branch of its own/);
	expect(await rig.overflow()).toEqual([]);
	rig.close();
});
