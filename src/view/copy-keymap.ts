import type {CopyMove} from '../domain/frame.js';

/** A key of copy mode. */
export interface CopyBinding {
	/** As `keyName` calls them. */
	readonly keys: readonly string[];
	/** How the keys are written. */
	readonly label: string;
	/** For the footer; without one it is in the help alone. */
	readonly word?: string;
	/** One sentence, for the help; '' where another line tells of these keys. */
	readonly about: string;
	readonly does: CopyMove | 'find' | 'copy' | 'copy-all' | 'save' | 'back';
}

/** The keys of copy mode, in the order of the footer; the footer and the help are both made of it. */
export const copyKeymap: readonly CopyBinding[] = [
	{
		keys: ['k', 'up'],
		label: 'hjkl',
		word: 'move',
		about: 'Move by characters and lines; so do the arrows.',
		does: 'up',
	},
	{keys: ['j', 'down'], label: '', about: '', does: 'down'},
	{keys: ['h', 'left'], label: '', about: '', does: 'left'},
	{keys: ['l', 'right'], label: '', about: '', does: 'right'},
	{keys: ['w'], label: 'w b e', about: 'To the next word, the one before, the end of this one.', does: 'word'},
	{keys: ['b'], label: '', about: '', does: 'word-back'},
	{keys: ['e'], label: '', about: '', does: 'word-end'},
	{keys: ['0', '^', 'home'], label: '0 $', about: 'To the beginning and the end of the line.', does: 'line-start'},
	{keys: ['$', 'end'], label: '', about: '', does: 'line-end'},
	{
		keys: ['pageup', 'ctrl-b', '['],
		label: 'PgUp',
		about: 'Page by page, PgDn and space down; Ctrl-U and Ctrl-D half a page.',
		does: 'page-up',
	},
	{keys: ['pagedown', 'ctrl-f', ' '], label: '', about: '', does: 'page-down'},
	{keys: ['ctrl-u'], label: '', about: '', does: 'half-up'},
	{keys: ['ctrl-d'], label: '', about: '', does: 'half-down'},
	{keys: ['g'], label: 'g G', about: 'To the oldest line and to the newest.', does: 'top'},
	{keys: ['G'], label: '', about: '', does: 'end'},
	{keys: ['/'], label: '/', word: 'search', about: 'Search; small letters find capitals too.', does: 'find'},
	{keys: ['n'], label: 'n/N', word: 'next', about: 'To the next match above, and below.', does: 'next'},
	{keys: ['N'], label: '', about: '', does: 'previous'},
	{
		keys: ['v'],
		label: 'v/V',
		word: 'select',
		about: 'Select characters from here, or whole lines; again: select nothing.',
		does: 'select',
	},
	{keys: ['V'], label: '', about: '', does: 'select-lines'},
	{
		keys: ['y', 'return'],
		label: 'y',
		word: 'copy',
		about: 'Copy what is selected, or the line, and leave. So does Enter.',
		does: 'copy',
	},
	{keys: ['Y'], label: 'Y', about: 'Copy all of the history.', does: 'copy-all'},
	{keys: ['s'], label: 's', word: 'save', about: 'Save what is selected, or all of it, to a file.', does: 'save'},
	{keys: ['q'], label: 'q', word: 'leave', about: 'Leave: the newest lines are seen again.', does: 'leave'},
	{keys: ['escape'], label: 'Esc', about: 'Select nothing; with nothing selected, leave.', does: 'back'},
];
