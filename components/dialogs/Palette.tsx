import {Box, Text, useInput} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import {cellsOf} from '../../src/domain/cells.js';
import {
	type Match,
	matchesOf,
	nameOf,
	type Verb,
	type VerbWidths,
	verbsOf,
	verbWidths,
} from '../../src/view/palette.js';
import {plainTyped} from '../../src/view/plain-text.js';
import {listWindow} from '../../src/view/queue-entries.js';
import {useDeck} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

const mostRows = 12;
/** The frame, the title, the row one types in, the row of keys. */
const around = 5;
/** Cells beside the columns: the frame, and what stands around it. */
const beside = 4;

const keys = 'Enter does it  ↑↓ select  Esc leaves  a few letters of a name are enough';

const sentenceOf = ({about}: Verb, why: string | undefined) => (why ? `not now: ${why}` : about);

interface RowProps {
	readonly match: Match;
	/** Why it does nothing now. */
	readonly why: string | undefined;
	readonly isSelected: boolean;
	/** Cells of its first two columns. */
	readonly widths: VerbWidths;
}

function Row({match: {verb, typed}, why, isSelected, widths}: RowProps) {
	return (
		<Box flexShrink={0} height={1} overflow="hidden">
			<Box flexShrink={0} width={widths.name}>
				<Line
					bold={isSelected}
					inverse={isSelected}
					tone={why ? 'dim' : 'plain'}
				>{`${isSelected ? '❯' : ' '}${nameOf(verb, typed)}`}</Line>
			</Box>
			<Box flexShrink={0} width={widths.label} paddingLeft={1}>
				<Line bold={why === undefined}>{verb.label}</Line>
			</Box>
			<Line tone={why ? 'dim' : 'plain'}>{sentenceOf(verb, why)}</Line>
		</Box>
	);
}

/** Finds whatever can be done by a few letters of its name, and does it. */
export default function Palette({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const {store} = deck;
	const [query, setQuery] = useState('');
	const [at, setAt] = useState(0);
	const verbs = verbsOf(store.getState());
	const matches = matchesOf(verbs, query);
	const widths = verbWidths(verbs);
	const selected = Math.min(at, Math.max(0, matches.length - 1));
	const height = Math.max(1, Math.min(mostRows, rows - around));
	const whyOff = ({verb}: Match) => verb.whyOff?.(store.getState());
	const here = matches[selected];
	// What its row has no room for is said in full below.
	const told = here ? sentenceOf(here.verb, whyOff(here)) : '';
	const {from, to, rest} = listWindow(matches.length, selected, height);
	useInput((_, key) => {
		if (key.escape) store.change({dialog: 'none'});
		else if (key.downArrow || key.tab) setAt(Math.min(selected + 1, matches.length - 1));
		else if (key.upArrow) setAt(Math.max(0, selected - 1));
	});
	const run = () => {
		if (!here) return;
		store.change({dialog: 'none'});
		const why = whyOff(here);
		if (why) store.say(why, 'warn');
		else here.verb.run(deck, here.typed);
	};
	const type = (typed: string) => {
		setQuery(plainTyped(typed).replace(/^[:\s]+/, ''));
		setAt(0);
	};
	return (
		<Overlay
			title="Commands"
			columns={columns}
			rows={rows}
			width={beside + widths.name + widths.label + widths.about}
			height={height + around}
		>
			<Box flexShrink={0} height={1} overflow="hidden">
				<Text bold>:</Text>
				<TextInput value={query} onChange={type} onSubmit={run} />
			</Box>
			<Box flexDirection="column" flexShrink={0} height={height} overflow="hidden">
				{matches.slice(from, to).map((match, index) => (
					<Row
						key={match.verb.name}
						match={match}
						why={whyOff(match)}
						isSelected={from + index === selected}
						widths={widths}
					/>
				))}
				{rest ? <Line tone="dim">{` ${rest}`}</Line> : null}
				{matches.length === 0 ? <Line tone="dim">Nothing here is called that.</Line> : null}
			</Box>
			<Line tone="dim">{cellsOf(told) > columns - widths.name - widths.label - beside ? told : keys}</Line>
		</Overlay>
	);
}
