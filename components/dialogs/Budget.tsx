import {budgetPage} from '../../src/view/budget-page.js';
import {usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Reader from './Reader.js';

const nothing = [{title: 'Budget', kind: 'plain', text: 'The pilot does not answer yet.'}] as const;

/** All that is known of what may still be spent. */
export default function Budget({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const status = usePilot(state => state.status);
	const nowMs = useSlowNow();
	return <Reader title="Budget" pages={status ? [budgetPage(status, nowMs)] : nothing} columns={columns} rows={rows} />;
}
