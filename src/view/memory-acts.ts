import type {MemoryEntry} from '../domain/memory.js';
import {plainText} from './plain-text.js';
import type {Deck} from './use-pilot.js';
import {by, wish} from './wish.js';

/** Adds what was typed to what is known of the human; nothing typed is a change of mind. */
export const remember = async (deck: Deck, typed: string): Promise<boolean> => {
	const text = plainText(typed);
	return text !== '' && (await wish(deck, {type: 'memory.add', kind: 'preference', text, by}));
};

/** Writes a line anew. */
export const reword = async (deck: Deck, {kind, was, text: before}: MemoryEntry, typed: string): Promise<boolean> => {
	const text = plainText(typed);
	const isSame = text === '' || text === plainText(before);
	return !isSame && (await wish(deck, {type: 'memory.edit', kind, was, text, by}));
};

export const forget = (deck: Deck, {kind, was}: MemoryEntry): Promise<boolean> =>
	wish(deck, {type: 'memory.forget', kind, was, by});

/** Where a line came from: `^m-4k2p9q 2026-11-20`. */
export const originOf = ({from, day}: MemoryEntry): string =>
	[from && (from === 'you' ? 'you' : `^${from}`), day].filter(Boolean).join(' ');
