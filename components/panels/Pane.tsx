import {Box} from 'ink';
import type {CopyMode, PaneState} from '../../src/domain/frame.js';
import type {SessionStatus, Status} from '../../src/domain/status.js';
import {shortCount, shortDuration} from '../../src/view/format.js';
import {plainText} from '../../src/view/plain-text.js';
import {shownSession} from '../../src/view/shown-session.js';
import {phaseSigns} from '../../src/view/theme.js';
import {useDeck, usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Panel from '../parts/Panel.js';
import PaneHole from '../terminal/PaneHole.js';

function titleOf(session: SessionStatus, {sessions}: Status, why?: string): string {
	const sign = phaseSigns[session.phase];
	// Where there is but one line it says why, which begins with that word perhaps.
	const said = why?.startsWith(sign.word) ? why : [sign.word, why].filter(Boolean).join(': ');
	const place = sessions.length > 1 ? `${sessions.indexOf(session) + 1}/${sessions.length} ` : '';
	const agent = `${plainText(session.agent)}${session.simulated ? ' (simulated)' : ''}`;
	const hand = session.taken ? ' in your hands' : '';
	return `${place}^${session.missionId} ${agent} ${sign.shape} ${said}${hand}`;
}

/** Never so long that the agent's name, and whether it is simulated, would have to give way. */
function spentOf({phase, startedAt, turns, tokens, costUsd}: SessionStatus, nowMs: number, width: number): string {
	const age = phase === 'ended' ? '' : shortDuration(nowMs - Date.parse(startedAt));
	const money = costUsd > 0 ? `$${costUsd.toFixed(2)}` : '';
	const parts = [
		age,
		`${turns} turn${turns === 1 ? '' : 's'}`,
		`${tokens > 0 ? shortCount(tokens) : '–'} tokens`,
		money,
	].filter(Boolean);
	return parts.slice(0, width < 70 ? 2 : undefined).join('  ');
}

/** Of a query as much is shown, and in little room. */
const [longestQuery, longestInNarrow] = [20, 6];
const narrow = 50;

/** Where in the history the view stands. In little room it leaves some for the title beside it. */
function copyState({below, selecting, query, match, matches}: CopyMode, isNarrow: boolean): string {
	const shown = [...plainText(query)];
	const longest = isNarrow ? longestInNarrow : longestQuery;
	const cut = shown.length > longest ? `${shown.slice(0, longest).join('')}…` : shown.join('');
	const found = query === '' ? '' : `  /${cut} ${match}/${matches}`;
	if (isNarrow) return `copy −${below}${found === '' && selecting !== 'nothing' ? ' selecting' : found}`;
	return `copy mode −${below}${selecting === 'nothing' ? '' : ` selecting ${selecting}`}${found}`;
}

/** Who types, or what copy mode does; undefined when neither is the case. */
function stateOf(pane: PaneState | undefined, attached: boolean, width: number): string | undefined {
	if (attached) return 'you type';
	if (pane?.copy) return copyState(pane.copy, width < narrow);
	return pane?.typist ? `${plainText(pane.typist)} types` : undefined;
}

export interface PaneProps {
	readonly session: SessionStatus;
	readonly status: Status;
	readonly width: number;
	readonly height: number;
}

/** The live screen of one session under its title. */
export default function Pane({session, status, width, height}: PaneProps) {
	const {hands, store} = useDeck();
	const screen = usePilot(state => state.screen);
	const nowMs = useSlowNow();
	const pane = usePilot(state => state.panes[session.id]);
	const isLookedAt = shownSession(store.getState())?.id === session.id;
	const why = plainText(session.why);
	const hasLine = height >= 14;
	const title = titleOf(session, status, hasLine ? undefined : why);
	const mission = status.missions.find(({id}) => id === session.missionId);
	const state = stateOf(pane, screen.attachedId === session.id, width);
	const aside = state ? (
		<Line tone="warn" bold>
			{state}
		</Line>
	) : (
		<Line tone="dim">{spentOf(session, nowMs, width)}</Line>
	);
	return (
		<Panel title={title} aside={aside} focused={screen.focus === 'pane' && isLookedAt} width={width} height={height}>
			{hasLine ? (
				<Box flexShrink={0} width={width} height={1} gap={2}>
					<Line bold>{mission ? plainText(mission.title) : ''}</Line>
					<Line tone="dim">{why}</Line>
				</Box>
			) : null}
			<PaneHole sessionId={session.id} onHole={hands.place} />
		</Panel>
	);
}
