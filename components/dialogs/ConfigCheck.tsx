import {usePages} from '../parts/use-pages.js';
import Reader from './Reader.js';

const reading = [{title: 'config.yaml', kind: 'plain', text: 'Reading config.yaml.'}] as const;

/** What is wrong in config.yaml, where, and what is allowed there. */
export default function ConfigCheck({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const pages = usePages({kind: 'config'}) ?? reading;
	return <Reader title="Config check" pages={pages} columns={columns} rows={rows} />;
}
