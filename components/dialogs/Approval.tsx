import {Box, Text, useInput} from 'ink';
import {answer, isSeen, type Reply} from '../../src/view/answer.js';
import {type ApprovalRow, approvalRows, choicesOf, leftOf} from '../../src/view/approval-text.js';
import {placeAfter} from '../../src/view/reader-keymap.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import {Choices, Note} from '../parts/ApprovalAnswers.js';
import {keyNames} from '../parts/key-names.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';
import {type QuestionProps, useQuestion} from '../parts/use-question.js';

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

/** What has to be done first comes first: the rest may be cut. */
function footOf(left: string, where: string, isRead: boolean) {
	return isRead ? `${left}${where}` : `${where.trim()}  ${left}`;
}

interface ApprovalProps extends QuestionProps {
	readonly columns: number;
	readonly rows: number;
}

/** What is asked, the whole of it, and the answers; when it is answered the next one follows. */
export default function Approval({columns, rows, ...from}: ApprovalProps) {
	const deck = useDeck();
	const nowMs = usePilot(state => state.nowMs);
	const {approval, leave, several, shown, show, showNext} = useQuestion(from);
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
		show({sinceMs: performance.now(), isDenying: false});
		void answer(deck, approval, says);
	};
	const press = (name: string) => {
		if (name === 'escape' || name === 'q') return leave();
		if (name === 'y') return reply({says: 'once'});
		if (name === 's') return approval?.forSession === undefined ? undefined : reply({says: 'session'});
		if (name === 'd') return show({isDenying: isSeen(shown.sinceMs, performance.now())});
		if (name === 'tab') return showNext();
		const place = placeAfter({page: 0, top: shown.top}, name, {pages: 1, lines, height});
		if (place) show({top: place.top, seen: Math.max(shown.seen, shown.top + height)});
	};
	useInput((input, key) => {
		const [name] = keyNames(input, key);
		if (!shown.isDenying) return name === undefined ? undefined : press(name);
		if (name === 'escape') show({isDenying: false});
	});
	const toRead = isRead ? 'j k scroll' : 'j: read it to the end before you allow it';
	const where = lines.length > height ? `  ${shown.top + 1}–${shown.top + height} of ${lines.length}, ${toRead}` : '';
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
			saidRows={1}
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
