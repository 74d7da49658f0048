import {useMemo} from 'react';
import {commandLog, commandPages} from '../../src/view/command-rows.js';
import {useDeck} from '../../src/view/use-pilot.js';
import {useCommands} from '../parts/use-commands.js';
import Reader from './Reader.js';

const asking = [{title: commandLog, kind: 'plain', text: 'Asking the pilot.'}] as const;

/** Every command that was run on the human's behalf, as of when this was opened. */
export default function Commands({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	const commands = useCommands();
	const pages = useMemo(() => commands && commandPages(commands, store.getState().nowMs), [commands, store]);
	return <Reader title={commandLog} pages={pages ?? asking} columns={columns} rows={rows} />;
}
