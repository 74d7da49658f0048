import {Box, Text, useInput, usePaste} from 'ink';
import {useState} from 'react';
import {pasteUsage} from '../../src/view/act.js';
import {plainLines} from '../../src/view/plain-text.js';
import {useDeck} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

const shownRows = 8;
/** What the pilot takes at once. */
const longest = 100_000;

/** Takes what /usage of Claude Code prints, with all its lines. */
export default function Usage({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const [text, setText] = useState('');
	const append = (more: string) =>
		setText(`${text}${more.replaceAll('\r\n', '\n').replaceAll('\r', '\n')}`.slice(0, longest));
	usePaste(append);
	useInput((input, key) => {
		if (key.escape) deck.store.change({dialog: 'none'});
		else if (key.return) void pasteUsage(deck, text);
		// A terminal that does not mark what is pasted sends it as if it were typed.
		else if (!key.ctrl && !key.meta) append(input);
	});
	const lines = plainLines(text).split('\n');
	const shown = text === '' ? ['Paste here what /usage prints in Claude Code.'] : lines.slice(-shownRows);
	return (
		<Overlay title="Quota windows" columns={columns} rows={rows} width={76} height={shownRows + 5}>
			<Box flexDirection="column" flexShrink={0} height={shownRows} overflow="hidden">
				{shown.map((line, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing but their place
					<Line key={index} tone={text === '' ? 'dim' : 'plain'}>
						{line === '' ? ' ' : line.replaceAll('\t', ' ')}
					</Line>
				))}
			</Box>
			<Line tone="dim">{text === '' ? ' ' : `${lines.length} line${lines.length === 1 ? '' : 's'}`}</Line>
			<Text wrap="truncate-end">
				<Text bold>Enter</Text> read it {'  '}
				<Text bold>Esc</Text> cancel
			</Text>
		</Overlay>
	);
}
