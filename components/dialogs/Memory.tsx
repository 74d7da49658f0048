import {Text, useInput, usePaste} from 'ink';
import {useState} from 'react';
import {bound, labelOf} from '../../src/view/keymap.js';
import {bringBack, forget, remember, reword} from '../../src/view/memory-acts.js';
import {plainText} from '../../src/view/plain-text.js';
import {useDeck} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Line from '../parts/Line.js';
import MemoryFull, {type Doing, fullRows, isTyped, listing} from '../parts/MemoryFull.js';
import MemoryList from '../parts/MemoryList.js';
import Overlay from '../parts/Overlay.js';
import {useMemory} from '../parts/use-memory.js';
import MemoryPreview from './MemoryPreview.js';

/** The frame, title, a gap, the row of keys. */
const around = 5 + fullRows;

const keysOf = (undo: string): Readonly<Record<Doing['what'], string>> => ({
	list: `j k select  e edit  n add  d forget  ${undo} undo  p what prompts get  Esc close`,
	edit: 'Enter changes it  Esc leaves it',
	add: 'Enter remembers it  Esc leaves it',
	forget: `d again forgets it, and ${undo} brings it back; any other key keeps it`,
	preview: '',
});

/** What is remembered and where it came from: to be read, changed, added to and forgotten. */
export default function Memory({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const [doing, setDoing] = useState<Doing>(listing);
	const [at, setAt] = useState(0);
	const [version, setVersion] = useState(0);
	const entries = useMemory(version) ?? [];
	const selected = Math.max(0, Math.min(at, entries.length - 1));
	const entry = entries[selected];
	const height = Math.max(1, rows - around);
	const [{what, text, pastes}, isTyping] = [doing, isTyped(doing)];
	const after = (change: Promise<boolean>) =>
		void change.then(() => {
			setDoing(listing);
			setVersion(now => now + 1);
		});
	const press = (name: string) => {
		if (what === 'forget') {
			if (name === 'd' && entry) after(forget(deck, entry));
			else setDoing(listing);
		} else if (['escape', 'q', 'm'].includes(name)) deck.store.change({dialog: 'none'});
		else if (['j', 'down', 'tab'].includes(name)) setAt(Math.min(selected + 1, entries.length - 1));
		else if (['k', 'up'].includes(name)) setAt(Math.max(0, selected - 1));
		else if (name === 'n') setDoing({...listing, what: 'add'});
		else if (name === 'p') setDoing({...listing, what: 'preview'});
		else if (entry && (name === 'e' || name === 'return'))
			setDoing({...listing, what: 'edit', text: plainText(entry.text)});
		else if (bound('undo', deck.store.getState()).keys.includes(name)) after(bringBack(deck));
		else if (entry && name === 'd') setDoing({...listing, what: 'forget'});
	};
	useInput(
		(input, key) => {
			if (!isTyping) for (const name of keyNames(input, key)) press(name);
			else if (key.escape) setDoing(listing);
		},
		{isActive: what !== 'preview'},
	);
	usePaste(pasted => isTyping && setDoing({what, text: `${text}${plainText(pasted)}`, pastes: pastes + 1}));
	const submit = (typed: string) =>
		after(what === 'edit' && entry ? reword(deck, entry, typed) : remember(deck, typed));
	if (what === 'preview') return <MemoryPreview columns={columns} rows={rows} close={() => setDoing(listing)} />;
	return (
		<Overlay
			title={`Memory${entries.length > 0 ? `: ${entries.length}` : ''}`}
			columns={columns}
			rows={rows}
			width={Math.min(120, columns)}
			height={rows}
		>
			<MemoryList entries={entries} selected={selected} height={height} />
			<Text> </Text>
			<MemoryFull entry={entry} doing={doing} change={setDoing} submit={submit} />
			<Line tone={what === 'forget' ? 'warn' : 'dim'}>{keysOf(labelOf(deck.store.getState(), 'undo'))[what]}</Line>
		</Overlay>
	);
}
