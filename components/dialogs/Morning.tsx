import {Box, useInput} from 'ink';
import {useState} from 'react';
import {countOf} from '../../src/domain/count-of.js';
import {aheadLine} from '../../src/view/format.js';
import {bound, labelOf} from '../../src/view/keymap.js';
import {fittingRows, type MorningRow, morningMove, morningSpan} from '../../src/view/morning-rows.js';
import type {ViewState} from '../../src/view/store.js';
import {type Deck, useDeck, usePilot} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Line from '../parts/Line.js';
import {Glance, glanceRows, Row} from '../parts/MorningParts.js';
import Overlay from '../parts/Overlay.js';
import {useMorning} from '../parts/use-morning.js';
import Approval from './Approval.js';
import MissionReader from './MissionReader.js';

const [mostColumns, frame] = [120, 4];
/** The frame, title, counts, what was spent, what is next, a gap, the row of keys. */
const around = 8;
/** Of a mission, or a question. */
const rowsOfOne = 2;

/** What lies over the report: the pages of a mission, with why they and no recording; or a question. */
type Over =
	| {readonly what: 'pages'; readonly missionId: string; readonly note: string}
	| {readonly what: 'question'; readonly approvalId: string; readonly isDenying: boolean};

/** A row that asks says with which key it is answered; one that was answered meanwhile says that. */
function withKey(row: MorningRow, state: ViewState): MorningRow {
	if (!row.asks) return row;
	const {approvalId} = row.asks;
	const isOpen = state.status?.approvals.some(one => one.approvalId === approvalId) ?? true;
	const key = labelOf(state, approvalId ? 'approve' : 'edit');
	const words = !approvalId || isOpen ? key && `${key} answers` : 'answered';
	return {...row, right: [row.right, words].filter(Boolean).join('  ')};
}

const keysLine = (stops: number, at: number, below: number) =>
	`${stops > 0 ? 'j k select  Enter replay  o read  ' : ''}Esc close${stops > 1 ? `  ${at + 1} of ${stops}` : ''}${below > 0 ? `  ↓ ${countOf(below, 'row')} more` : ''}`;

interface Here {
	readonly stops: number;
	readonly place: number;
	readonly height: number;
	readonly selected: MorningRow | undefined;
	readonly setAt: (at: number) => void;
	readonly setOver: (over: Over) => void;
}

function pressOn({store, hands}: Deck, name: string, {stops, place, height, selected, setAt, setOver}: Here) {
	const state = store.getState();
	const is = (action: 'approve' | 'deny' | 'edit' | 'replay') => bound(action, state).keys.includes(name);
	const [missionId, approvalId] = [selected?.missionId, selected?.asks?.approvalId];
	const next = morningMove(name, place, {count: stops, page: Math.max(1, Math.floor(height / rowsOfOne) - 1)});
	const read = (id: string, note: string) => setOver({what: 'pages', missionId: id, note});
	if (['escape', 'q', 'M'].includes(name)) return store.change({dialog: 'none'});
	if (next !== undefined) return setAt(next);
	if (missionId === undefined) return;
	if (name === 'return' || is('replay'))
		return void hands.replay(missionId).then(why => why !== '' && read(missionId, why));
	if (name === 'o') return read(missionId, '');
	if (is('edit')) return hands.edit({kind: 'mission', id: missionId});
	const isOpen = state.status?.approvals.some(one => one.approvalId === approvalId);
	if (approvalId && isOpen && (is('approve') || is('deny')))
		setOver({what: 'question', approvalId, isDenying: is('deny')});
}

/** What happened while nobody looked: what needs a human first, then what is asked, then what is done, with its receipts. */
export default function Morning({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const {store} = deck;
	const [at, setAt] = useState(0);
	const [over, setOver] = useState<Over>();
	const status = usePilot(state => state.status);
	// An answer that was given from here is in the report as soon as one is back.
	const report = useMorning(over?.what === 'question');
	const height = Math.max(1, rows - around - (report ? glanceRows(report) : 0));
	const all = report ? fittingRows(report, Date.parse(report.until), height) : [];
	const stops = all.flatMap(({missionId}, row) => (missionId ? [row] : []));
	const place = Math.max(0, Math.min(at, stops.length - 1));
	const selected = all[stops[place] ?? -1];
	// The selected mission is seen whole, and so is the heading above the first one.
	const top = place === 0 ? 0 : Math.max(0, Math.min((stops[place] ?? 0) + 2 - height, all.length - height));
	const press = (name: string) => pressOn(deck, name, {stops: stops.length, place, height, selected, setAt, setOver});
	useInput((input, key) => keyNames(input, key).forEach(press), {isActive: over === undefined});
	const close = () => setOver(undefined);
	if (over?.what === 'question') return <Approval columns={columns} rows={rows} about={over} close={close} />;
	if (over) {
		const mission = status?.missions.find(one => one.id === over.missionId);
		const entry = mission && ({kind: 'mission', key: over.missionId, mission} as const);
		return <MissionReader {...over} entry={entry} columns={columns} rows={rows} close={close} />;
	}
	const width = Math.min(mostColumns, columns);
	const next = status
		? aheadLine(status, store.getState().nowMs).replace(/^next: /, '')
		: 'the pilot does not answer yet';
	return (
		<Overlay
			title={report ? `Morning report ${morningSpan(report)}` : 'Morning report'}
			columns={columns}
			rows={rows}
			width={width}
			height={rows}
		>
			{report ? <Glance {...{report, next}} width={width - frame} /> : <Line tone="dim">Reading what happened.</Line>}
			<Box flexDirection="column" flexShrink={0} height={height} overflow="hidden">
				{all.slice(top, top + height).map((row, index) => (
					<Row
						// biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing but their place
						key={top + index}
						row={withKey(row, store.getState())}
						isSelected={row === selected}
					/>
				))}
			</Box>
			<Line tone="dim">{keysLine(stops.length, place, all.length - top - height)}</Line>
		</Overlay>
	);
}
