import type {CopyMove} from '../domain/frame.js';

/** A key of copy mode. */
export interface CopyBinding {
	readonly keys: readonly string[];
	readonly label: string;
	readonly word: string;
	readonly does: CopyMove | 'find' | 'copy' | 'copy-all' | 'save';
	readonly by?: number;
}

/** The keys of copy mode, in the order of the footer; what is not among them leaves it. */
export const copyKeymap: readonly CopyBinding[] = [
	{keys: ['k', 'up'], label: 'j/k', word: 'line', does: 'up'},
	{keys: ['j', 'down'], label: '', word: '', does: 'down'},
	{keys: ['b', 'pageup', '['], label: 'b/f', word: 'page', does: 'page-up'},
	{keys: ['f', 'pagedown', ' '], label: '', word: '', does: 'page-down'},
	{keys: ['g', 'home'], label: 'g/G', word: 'top/end', does: 'top'},
	{keys: ['G', 'end'], label: '', word: '', does: 'end'},
	{keys: ['/'], label: '/', word: 'search', does: 'find'},
	{keys: ['n'], label: 'n/N', word: 'next', does: 'next'},
	{keys: ['N'], label: '', word: '', does: 'previous'},
	{keys: ['v'], label: 'v', word: 'select', does: 'select'},
	{keys: ['y', 'return'], label: 'y', word: 'copy', does: 'copy'},
	{keys: ['Y'], label: 'Y', word: 'copy all', does: 'copy-all'},
	{keys: ['w'], label: 'w', word: 'save to a file', does: 'save'},
	{keys: ['q', 'escape'], label: 'q', word: 'leave', does: 'leave'},
];
