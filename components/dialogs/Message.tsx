import {Box} from 'ink';
import {activityLines} from '../../src/view/activity.js';
import {askedWords} from '../../src/view/approval-text.js';
import {usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';

const shownMs = 15_000;

/** One row: what came of the last key, for a while; what is asked, while something is; then the newest fact, where no panel shows it. */
export default function Message({columns, showsNews}: {readonly columns: number; readonly showsNews: boolean}) {
	const message = usePilot(({screen, nowMs}) => {
		const {message: said} = screen;
		return said && nowMs - said.atMs < shownMs ? said : undefined;
	});
	const nowMs = useSlowNow();
	const facts = usePilot(state => state.facts);
	const [news] = showsNews ? activityLines(facts, 1, nowMs) : [];
	const asked = usePilot(askedWords);
	const line = message ?? (asked === undefined ? news : {tone: 'warn' as const, text: `! ${asked}`});
	return (
		<Box flexShrink={0} width={columns} height={1} overflow="hidden">
			{line ? <Line tone={line.tone}>{line === message ? `» ${line.text}` : line.text}</Line> : null}
		</Box>
	);
}
