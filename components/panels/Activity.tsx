import {activityLines} from '../../src/view/activity.js';
import {usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Panel from '../parts/Panel.js';
import {titleBack, useBack} from '../parts/use-back.js';

/** What happened, as it happens; the newest at the bottom. */
export default function Activity({width, height}: {readonly width: number; readonly height: number}) {
	const facts = usePilot(state => state.facts);
	const nowMs = useSlowNow();
	const all = activityLines(facts, Number.POSITIVE_INFINITY, nowMs);
	const rows = height - 1;
	const back = useBack('activity', all.length - rows);
	const lines = all.slice(Math.max(0, all.length - rows - back), all.length - back);
	return (
		<Panel title={titleBack('Activity', back)} width={width} height={height}>
			{lines.length === 0 ? <Line tone="dim">Nothing has happened yet.</Line> : null}
			{lines.map(({seq, tone, text}) => (
				<Line key={seq} tone={tone}>
					{text}
				</Line>
			))}
		</Panel>
	);
}
