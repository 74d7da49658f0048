import type {MemoryEntry} from '../domain/memory.js';
import {plainText} from './plain-text.js';
import {keepDeed, undoLast} from './undo.js';
import type {Deck} from './use-pilot.js';
import {by, wish, wishFor} from './wish.js';

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

/** Takes a line out; that can be taken back. */
export async function forget(deck: Deck, {kind, was, text}: MemoryEntry): Promise<boolean> {
	const {ok, undo} = await wishFor(deck, {type: 'memory.forget', kind, was, by});
	if (undo) keepDeed(deck, {words: `forget “${plainText(text)}”`, undo: [undo], final: ''});
	return ok;
}

/** Brings back the line that was forgotten last, if nothing else was done since. */
export async function bringBack(deck: Deck): Promise<boolean> {
	const isForgetting = deck.store.getState().screen.deeds.at(-1)?.undo[0]?.type === 'memory.restore';
	if (isForgetting) await undoLast(deck);
	return isForgetting;
}

/** The mission a line came from, or `you`. */
export const giverOf = ({from}: MemoryEntry): string => (from === undefined ? '' : from === 'you' ? 'you' : `^${from}`);

/** Where a line came from: `^m-4k2p9q 2026-11-20`. */
export const originOf = (entry: MemoryEntry): string => [giverOf(entry), entry.day].filter(Boolean).join(' ');
