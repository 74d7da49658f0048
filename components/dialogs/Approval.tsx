import {Box, Text, useInput} from 'ink';
import TextInput from 'ink-text-input';
import {useEffect, useState} from 'react';
import {byUrgency, type OpenApproval} from '../../src/domain/approval.js';
import {answer, isSeen, type Reply} from '../../src/view/answer.js';
import {type ApprovalRow, approvalRows, choicesOf, leftOf} from '../../src/view/approval-text.js';
import {plainTyped} from '../../src/view/plain-text.js';
import {placeAfter} from '../../src/view/reader-keymap.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

const mostColumns = 100;
/** The frame, the title, a row between, the time that is left. */
const around = 5;
const leastColumns = 30;

function Row({text, isHead, theirs}: ApprovalRow) {
	return (
		<Box>
			{theirs ? <Line tone="warn">│ </Line> : null}
			<Line bold={isHead}>{text === '' ? ' ' : text}</Line>
		</Box>
	);
}

function Choices({approval}: {readonly approval: OpenApproval}) {
	return choicesOf(approval).map(({key, words}) => (
		<Box key={key} gap={1}>
			<Box flexShrink={0} width={4}>
				<Text bold>{key}</Text>
			</Box>
			<Text wrap="truncate-end">{words}</Text>
		</Box>
	));
}

/** Asks why not; nothing typed is an answer too. */
function Note({deny, height}: {readonly deny: (note: string) => void; readonly height: number}) {
	const [note, setNote] = useState('');
	return (
		<Box flexDirection="column" height={height} overflow="hidden">
			<Box height={1} gap={1} overflow="hidden">
				<Text>Why not?</Text>
				<TextInput value={note} onChange={typed => setNote(plainTyped(typed))} onSubmit={deny} />
			</Box>
			<Text wrap="truncate-end">
				<Text bold>Enter</Text> deny {'  '}
				<Text bold>Esc</Text> back
			</Text>
		</Box>
	);
}

/** What has to be done first comes first: the rest may be cut. */
const footOf = (left: string, where: string, isRead: boolean) =>
	isRead ? `${left}${where}` : `${where.trim()}  ${left}`;

/** What is asked, the whole of it, and the answers; when it is answered the next one follows. */
export default function Approval({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const open = byUrgency(usePilot(state => state.status?.approvals) ?? []);
	const nowMs = usePilot(state => state.nowMs);
	const [shown, setShown] = useState({
		id: open[0]?.approvalId,
		sinceMs: performance.now(),
		top: 0,
		seen: 0,
		isDenying: false,
	});
	const at = open.findIndex(({approvalId}) => approvalId === shown.id);
	const approval = open[at];
	const next = open[(at + 1) % Math.max(1, open.length)];
	useEffect(() => {
		if (approval) return;
		// Answered by another hand, or no longer asked: what comes up now was not looked at yet.
		if (next) setShown({id: next.approvalId, sinceMs: performance.now(), top: 0, seen: 0, isDenying: false});
		else deck.store.change({dialog: 'none'});
	}, [approval, next, deck]);
	const width = Math.min(mostColumns, columns);
	const lines = approval ? approvalRows(approval, width - 4) : [];
	const choices = approval ? choicesOf(approval).length : 0;
	const height = Math.max(1, Math.min(lines.length, rows - around - choices));
	// Nobody says yes to what they cannot see: the whole of it has been before them, and its answers are.
	const fits = rows >= around + choices + 1 && columns >= leastColumns;
	const isRead = Math.max(shown.seen, shown.top + height) >= lines.length;
	const reply = (says: Reply) => {
		if (!approval || !isSeen(shown.sinceMs, performance.now())) return;
		if (says.says !== 'deny' && !(fits && isRead)) return;
		setShown({...shown, sinceMs: performance.now(), isDenying: false});
		void answer(deck, approval, says);
	};
	const press = (name: string) => {
		if (name === 'escape' || name === 'q') return deck.store.change({dialog: 'none'});
		if (name === 'y') return reply({says: 'once'});
		if (name === 's') return approval?.forSession === undefined ? undefined : reply({says: 'session'});
		if (name === 'd') return setShown({...shown, isDenying: isSeen(shown.sinceMs, performance.now())});
		if (name === 'tab') return setShown({...shown, id: next?.approvalId, sinceMs: performance.now(), top: 0, seen: 0});
		const place = placeAfter({page: 0, top: shown.top}, name, {pages: 1, lines, height});
		if (place) setShown({...shown, top: place.top, seen: Math.max(shown.seen, shown.top + height)});
	};
	useInput((input, key) => {
		const [name] = keyNames(input, key);
		if (!shown.isDenying) return name === undefined ? undefined : press(name);
		if (name === 'escape') setShown({...shown, isDenying: false});
	});
	const toRead = isRead ? 'j k scroll' : 'j: read it to the end before you allow it';
	const where = lines.length > height ? `  ${shown.top + 1}–${shown.top + height} of ${lines.length}, ${toRead}` : '';
	const several = open.length > 1 ? `, ${at + 1} of ${open.length}, Tab: the next` : '';
	if (!fits)
		return (
			<Overlay title="You are asked" columns={columns} rows={rows} width={40} height={4}>
				<Text wrap="truncate-end">A larger window shows it. Esc: later</Text>
			</Overlay>
		);
	return (
		<Overlay
			title={`You are asked (${approval?.approvalId ?? ''}${several})`}
			columns={columns}
			rows={rows}
			width={width}
			height={height + choices + around}
		>
			<Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
				{lines.slice(shown.top, shown.top + height).map(line => (
					<Row key={line.row} {...line} />
				))}
			</Box>
			<Line tone={isRead ? 'dim' : 'warn'}>{approval ? footOf(leftOf(approval, nowMs), where, isRead) : ' '}</Line>
			<Text> </Text>
			{approval && !shown.isDenying ? <Choices approval={approval} /> : null}
			{shown.isDenying ? <Note deny={note => reply({says: 'deny', note})} height={choices} /> : null}
		</Overlay>
	);
}
