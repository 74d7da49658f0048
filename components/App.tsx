import {Box, useWindowSize} from 'ink';
import {useEffect} from 'react';
import {type Layout, planLayout} from '../src/view/layout.js';
import {type Deck, DeckContext, useDeck, usePilot} from '../src/view/use-pilot.js';
import {dialogs} from './dialogs/all.js';
import Message from './dialogs/Message.js';
import Activity from './panels/Activity.js';
import Budget from './panels/Budget.js';
import Commands from './panels/Commands.js';
import Footer from './panels/Footer.js';
import Header from './panels/Header.js';
import Memory from './panels/Memory.js';
import Panes from './panels/Panes.js';
import Queue from './panels/Queue.js';
import TooSmall from './parts/TooSmall.js';
import {useKeys} from './parts/use-keys.js';

/** One column: what runs next, what runs, what it costs; news and memory where there is room. */
function Stack({plan}: {readonly plan: Layout}) {
	const {left: width, queue, pane, budget, memory, activity} = plan;
	return (
		<>
			{queue > 0 ? <Queue width={width} height={queue} /> : null}
			<Panes width={width} height={pane} />
			{activity > 0 ? <Activity width={width} height={activity} /> : null}
			{memory > 0 ? <Memory width={width} height={memory} /> : null}
			{budget > 0 ? <Budget width={width} height={budget} /> : null}
		</>
	);
}

/** The line between two columns. */
function Divider() {
	return (
		<Box
			borderStyle="single"
			borderDimColor
			borderTop={false}
			borderBottom={false}
			borderRight={false}
			width={1}
			flexShrink={0}
		/>
	);
}

/** Two columns: what was asked for and what it costs on the left, what happens on the right. A third one has the news and commands. */
function Wide({plan}: {readonly plan: Layout}) {
	const {left, right, third, queue, pane, budget, memory, activity, commands} = plan;
	const height = queue + budget + memory;
	return (
		<Box flexShrink={0} height={height}>
			<Box flexDirection="column" flexShrink={0} width={left}>
				<Queue width={left} height={queue} />
				<Budget width={left} height={budget} />
				{memory > 0 ? <Memory width={left} height={memory} /> : null}
			</Box>
			<Divider />
			<Box flexDirection="column" flexShrink={0} width={right}>
				<Panes width={right} height={pane} />
				{activity > 0 && third === 0 ? <Activity width={right} height={activity} /> : null}
			</Box>
			{third > 0 ? <Divider /> : null}
			{third > 0 ? (
				<Box flexDirection="column" flexShrink={0} width={third}>
					<Activity width={third} height={activity} />
					<Commands width={third} height={commands} />
				</Box>
			) : null}
		</Box>
	);
}

function Panels({plan}: {readonly plan: Layout}) {
	return (
		<>
			<Header columns={plan.columns} />
			{plan.kind === 'wide' ? <Wide plan={plan} /> : <Stack plan={plan} />}
			<Message columns={plan.columns} rows={plan.rows} showsNews={plan.activity === 0} />
			<Footer columns={plan.columns} />
		</>
	);
}

function Screen() {
	const {store} = useDeck();
	const {columns, rows} = useWindowSize();
	const zoomed = usePilot(state => state.screen.zoomed);
	const lean = usePilot(state => state.screen.lean);
	const dialog = usePilot(state => state.screen.dialog);
	useKeys(dialog === 'none');
	const plan = planLayout(columns, rows, zoomed, lean);
	// The filter is typed in the queue itself; where there is none, nobody would hear it.
	const isDeaf = dialog === 'filter' && plan.queue === 0;
	useEffect(() => {
		if (isDeaf) store.change({dialog: 'none'});
	}, [isDeaf, store]);
	const Dialog = dialog === 'none' || dialog === 'filter' ? undefined : dialogs[dialog];
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			{plan.kind === 'small' ? <TooSmall columns={columns} rows={rows} /> : <Panels plan={plan} />}
			{Dialog ? <Dialog columns={columns} rows={rows} /> : null}
		</Box>
	);
}

/** The whole dashboard: layout and focus, nothing else. */
export default function App({deck}: {readonly deck: Deck}) {
	return (
		<DeckContext.Provider value={deck}>
			<Screen />
		</DeckContext.Provider>
	);
}
