import {Box} from 'ink';
import {cleanup, render} from 'ink-testing-library';
import {afterEach, expect, test} from 'vitest';
import NewMission from '../../components/dialogs/NewMission.js';
import type {CommandInput} from '../../src/domain/command.js';
import {morningOf} from '../../src/domain/morning.js';
import {createViewStore} from '../../src/view/store.js';
import {DeckContext} from '../../src/view/use-pilot.js';
import {nowMs} from '../view/a-status.js';

afterEach(cleanup);

const pause = () => new Promise(resolve => setTimeout(resolve, 20));

function open() {
	const store = createViewStore({workspace: 'w', colour: true, nowMs});
	const asked: CommandInput[] = [];
	const hands = {
		async command(command: CommandInput) {
			asked.push(command);
			return {ok: true, say: 'Added.'};
		},
		place() {},
		cover() {},
		pane() {},
		suspend() {},
		replay() {},
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
	expect(screen.lastFrame()).toContain('Enter add   Esc cancel');
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
	expect(asked).toEqual([{type: 'mission.add', title: 'a b', source: 'dashboard'}]);
});

test('an empty title is a change of mind', async () => {
	const {asked, store, type} = open();
	await type('\r');
	expect(asked).toEqual([]);
	expect(store.getState().screen.dialog).toBe('none');
});
