import type {KeyGroup} from '../domain/keys.js';
import {copyKeymap} from './copy-keymap.js';
import {type KeyBinding, keymapOf} from './keymap.js';
import type {PageLine} from './page.js';
import {readerKeymap} from './reader-keymap.js';
import type {ViewState} from './store.js';
import {missionSigns} from './theme.js';

const labelCells = 7;

type Row = Omit<PageLine, 'row'>;

const head = (text: string): Row => ({text, tone: 'plain', bold: true, isHead: true});
const row = (text: string, tone: PageLine['tone'] = 'plain'): Row => ({text, tone, bold: false, isHead: false});

const keyRow = (label: string, about: string, tone?: PageLine['tone']) =>
	row(`${label.padEnd(labelCells)} ${about}`, tone);

/** A key that would do nothing now is faint, and the row below says why. */
function bindingRows(state: ViewState, {label, about, whyOff}: KeyBinding): Row[] {
	const why = whyOff?.(state);
	const shown = label === '' ? '–' : label;
	return why ? [keyRow(shown, about, 'dim'), keyRow('', `not now: ${why}`, 'dim')] : [keyRow(shown, about)];
}

const fixedRows = (title: string, keys: readonly {readonly label: string; readonly about: string}[]): Row[] => [
	head(title),
	...keys.filter(({about}) => about !== '').map(({label, about}) => keyRow(label, about)),
];

const signRows = [
	head('Signs'),
	...Object.values(missionSigns).map(({shape, word}) => keyRow(shape, word)),
	keyRow('!! ! ↓', 'critical, high, low priority'),
	keyRow('^id', 'a mission'),
	keyRow('+name', 'a target'),
];

/** Every key, group by group, with why some do nothing now; in copy mode those of copy mode first. Then every sign. */
export function helpLines(state: ViewState, isCopying: boolean): PageLine[] {
	const group = (name: KeyGroup): Row[] => [
		head(name),
		...keymapOf(state).flatMap(binding => (binding.group === name ? bindingRows(state, binding) : [])),
	];
	const copying = fixedRows('Copy mode', copyKeymap);
	const rows = [
		...(isCopying ? copying : []),
		...[...group('Queue'), ...group('Pane'), ...group('General')],
		...(isCopying ? [] : copying),
		...fixedRows('Reader', readerKeymap),
		...signRows,
	];
	const spaced = rows.flatMap((line, index) => (line.isHead && index > 0 ? [row(' '), line] : [line]));
	return spaced.map((line, index) => ({...line, row: index}));
}
