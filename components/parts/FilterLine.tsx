import {Box, Text, useInput} from 'ink';
import TextInput from 'ink-text-input';
import {plainTyped} from '../../src/view/plain-text.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';

/** One row to type the queue's filter in; the queue is narrowed while one types. */
export default function FilterLine({width}: {readonly width: number}) {
	const {store} = useDeck();
	const filter = usePilot(state => state.screen.filter);
	useInput((_, key) => {
		if (key.escape) store.change({dialog: 'none', filter: ''});
	});
	return (
		<Box flexShrink={0} width={width} height={1} gap={2} overflow="hidden">
			<Box flexShrink={1} overflow="hidden">
				<Text bold>{'/'}</Text>
				<TextInput
					value={filter}
					onChange={typed => store.change({filter: plainTyped(typed)})}
					onSubmit={() => store.change({dialog: 'none'})}
				/>
			</Box>
			<Box flexShrink={0}>
				<Text dimColor>Enter keeps it, Esc shows all</Text>
			</Box>
		</Box>
	);
}
