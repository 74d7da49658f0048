import {selectedEntry} from '../../src/view/shown-session.js';
import {useDeck} from '../../src/view/use-pilot.js';
import MissionReader from './MissionReader.js';

/** Reads the mission that is selected. */
export default function Detail({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	const close = () => store.change({dialog: 'none'});
	return <MissionReader entry={selectedEntry(store.getState())} columns={columns} rows={rows} close={close} />;
}
