import {Box, Text} from 'ink';
import {keyLabel} from '../../src/domain/keys.js';
import {isCopying} from '../../src/view/act.js';
import {copyKeymap} from '../../src/view/copy-keymap.js';
import {footKeys, labelOf} from '../../src/view/keymap.js';
import type {ViewState} from '../../src/view/store.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';

const roomForAll = 100;

interface FootKey {
	readonly label: string;
	readonly word: string;
	readonly off: boolean;
}

/** The keys that mean something here. Those that would do nothing now are faint, or left out where there is little room. */
function keysOf(state: ViewState, columns: number): FootKey[] {
	const {screen, status} = state;
	if (screen.attachedId !== undefined) {
		const label = keyLabel(status?.panes.detachKey ?? 'ctrl-]');
		return [{label, word: 'detaches; every other key goes to the session', off: false}];
	}
	if (isCopying(state)) {
		const keys = copyKeymap.flatMap(({label, word}) => (word === undefined ? [] : [{label, word, off: false}]));
		return [...keys, {label: labelOf(state, 'help'), word: 'help', off: false}];
	}
	return footKeys(state)
		.map(({keys: [key = ''], word, whyOff}) => ({
			label: keyLabel(key),
			word: word(state),
			off: whyOff?.(state) !== undefined,
		}))
		.filter(({off}) => !off || columns >= roomForAll);
}

/** One row: what can be pressed now. */
export default function Footer({columns}: {readonly columns: number}) {
	const {store} = useDeck();
	usePilot(state => state.status);
	usePilot(state => state.screen);
	usePilot(state => state.panes);
	return (
		<Box flexShrink={0} width={columns} height={1} overflow="hidden">
			<Text wrap="truncate-end">
				{keysOf(store.getState(), columns).map(({label, word, off}, index) => (
					<Text key={label} dimColor={off}>
						{index > 0 ? '  ' : ''}
						<Text bold={!off}>{label}</Text>
						{` ${word}`}
					</Text>
				))}
			</Text>
		</Box>
	);
}
