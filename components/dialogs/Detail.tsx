import {useInput} from 'ink';
import type {Tone} from '../../src/view/fact-line.js';
import {missionDetail} from '../../src/view/mission-detail.js';
import {rowsFor} from '../../src/view/plain-text.js';
import {selectedEntry} from '../../src/view/shown-session.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

const tones: readonly Tone[] = ['plain', 'plain', 'dim', 'dim'];

/** All that is known of the selected mission, however long. Any key closes it. */
export default function Detail({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	usePilot(state => state.status);
	const nowMs = usePilot(state => state.nowMs);
	const entry = selectedEntry(store.getState());
	useInput(() => store.change({dialog: 'none'}));
	const width = Math.min(100, columns - 4);
	const texts = entry ? missionDetail(entry, nowMs) : [];
	const height = texts.reduce((sum, text) => sum + rowsFor(text, width - 4), 3);
	return (
		<Overlay
			title={entry?.kind === 'mission' ? `^${entry.key}  (any key closes this)` : 'missions.md  (any key closes this)'}
			columns={columns}
			rows={rows}
			width={width}
			height={Math.min(height, rows - 2)}
		>
			{texts.map((text, index) => (
				<Line key={text} tone={tones[index] ?? 'plain'} bold={index === 0} wrap="wrap">
					{text}
				</Line>
			))}
		</Overlay>
	);
}
