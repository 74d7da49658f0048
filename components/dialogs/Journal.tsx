import {usePages} from '../parts/use-pages.js';
import Reader from './Reader.js';

const reading = [{title: 'Journal', kind: 'plain', text: 'Reading the journal.'}] as const;

/** What was done, day by day, the newest first. */
export default function Journal({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const pages = usePages({kind: 'journal'}) ?? reading;
	return <Reader title="Journal" pages={pages} columns={columns} rows={rows} />;
}
