import {plainText} from '../../src/view/plain-text.js';
import {usePilot} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Panel from '../parts/Panel.js';

/** What was learned lately, of the projects and of the human. */
export default function Memory({width, height}: {readonly width: number; readonly height: number}) {
	const memory = usePilot(state => state.status?.memory);
	return (
		<Panel title="Memory" width={width} height={height}>
			{memory?.length === 0 ? <Line tone="dim">Nothing yet: sessions leave here what they learned</Line> : null}
			{memory?.length === 0 ? <Line tone="dim">of the project, and what you prefer.</Line> : null}
			{memory?.slice(0, height - 1).map(({kind, text}) => (
				<Line key={`${kind} ${text}`}>{`${kind}: ${plainText(text)}`}</Line>
			))}
		</Panel>
	);
}
