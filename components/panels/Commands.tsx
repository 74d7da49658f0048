import {commandLog, commandRows} from '../../src/view/command-rows.js';
import {labelOf} from '../../src/view/keymap.js';
import {useDeck} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';
import Panel from '../parts/Panel.js';
import {titleBack, useBack} from '../parts/use-back.js';
import {useCommands} from '../parts/use-commands.js';

const everyMs = 2000;

/** The commands that were run last, the newest at the bottom. */
export default function Commands({width, height}: {readonly width: number; readonly height: number}) {
	const {store} = useDeck();
	const commands = useCommands(everyMs);
	const key = labelOf(store.getState(), 'commands');
	const aside = key === '' ? undefined : <Line tone="dim">{`${key} all of them`}</Line>;
	const all = commandRows(commands ?? []);
	const rows = height - 1;
	const back = useBack('commands', all.length - rows);
	return (
		<Panel title={titleBack(commandLog, back)} aside={aside} width={width} height={height}>
			{commands?.length === 0 ? <Line tone="dim">Nothing was run yet.</Line> : null}
			{all.slice(Math.max(0, all.length - rows - back), all.length - back).map(({text, tone}, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing but their place
				<Line key={row} tone={tone}>
					{text}
				</Line>
			))}
		</Panel>
	);
}
