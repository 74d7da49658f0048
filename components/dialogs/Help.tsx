import {Box, useInput} from 'ink';
import {useState} from 'react';
import {isCopying} from '../../src/view/act.js';
import {helpLines} from '../../src/view/help-lines.js';
import {keymapOf, labelOf} from '../../src/view/keymap.js';
import {placeAfter} from '../../src/view/reader-keymap.js';
import {useDeck} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

/** The frame, the title, and the row of keys. */
const around = 4;

/** Every key that works, and every sign: scrolled as what is read is. */
export default function Help({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	const [lines] = useState(() => helpLines(store.getState(), isCopying(store.getState())));
	const [at, setTop] = useState(0);
	const height = Math.max(1, Math.min(rows - around, lines.length));
	const top = Math.min(at, Math.max(0, lines.length - height));
	const isHelp = (name: string) =>
		keymapOf(store.getState()).some(({action, keys}) => action === 'help' && keys.includes(name));
	useInput((input, key) => {
		let next: number | undefined = top;
		for (const name of keyNames(input, key)) {
			const place = placeAfter({page: 0, top: next}, name, {pages: 1, lines, height});
			if (!place || isHelp(name)) return store.change({dialog: 'none'});
			next = place.top;
		}
		setTop(next);
	});
	const close = [labelOf(store.getState(), 'help'), 'Esc'].filter(Boolean).join(' or ');
	const where = lines.length > height ? `  ${top + 1}–${top + height} of ${lines.length}` : '';
	return (
		<Overlay title="Keys" columns={columns} rows={rows} width={100} height={height + around}>
			<Box flexDirection="column" height={height} overflow="hidden">
				{lines.slice(top, top + height).map(line => (
					<Line key={line.row} tone={line.tone} bold={line.bold}>
						{line.text}
					</Line>
				))}
			</Box>
			<Line tone="dim">{`j k Space b scroll  n next part  ${close} closes this${where}`}</Line>
		</Overlay>
	);
}
