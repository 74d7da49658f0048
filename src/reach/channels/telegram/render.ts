import {bold, type FmtString, fmt, join} from 'telegraf/format';
import {tidy, wholeUnits} from '../../text.js';
import type {Message} from '../channel.js';

type Entities = NonNullable<FmtString['entities']>;

/** A text that Telegram takes in one message. Entities instead of a parse mode: no character of the text can be read as markup. */
export interface Part {
	readonly text: string;
	readonly entities: Entities;
}

/** `sendMessage` takes 1 to 4096 UTF-16 units (Bot API 10.1, 2026-06). */
export const textLimit = 4096;

const repeatMark = '(maybe again) ';

const formatted = ({head, body}: Message): FmtString =>
	body === '' ? fmt(bold(tidy(head))) : fmt(bold(tidy(head)), '\n', tidy(body));

/** How many units a message takes, an empty line after it included. */
export const lengthOf = ({head, body}: Message) => head.length + body.length + 3;

/** The part of the entities that lies within `length` units from `start`, counted from there. */
function clip(entities: Entities, start: number, length: number): Entities {
	return entities.flatMap(entity => {
		const from = Math.max(entity.offset, start);
		const to = Math.min(entity.offset + entity.length, start + length);
		return from < to ? [{...entity, offset: from - start, length: to - from}] : [];
	});
}

/** Where to end a piece of at most `limit` units: after a line where one ends in its second half, never within a surrogate pair. */
function pieceLength(text: string, limit: number): number {
	if (text.length <= limit) return text.length;
	const line = text.lastIndexOf('\n', limit - 1) + 1;
	return line > limit / 2 ? line : wholeUnits(text, limit);
}

/** Messages one after another as texts that can be sent, each with room for the mark of a repeat. None is empty. */
export function partsOf(messages: readonly Message[]): Part[] {
	const whole = join(messages.map(formatted), '\n\n');
	const parts: Part[] = [];
	for (let start = 0; start < whole.text.length; ) {
		const length = pieceLength(whole.text.slice(start), textLimit - repeatMark.length);
		const text = whole.text.slice(start, start + length);
		if (text.trim()) parts.push({text, entities: clip(whole.entities ?? [], start, length)});
		start += length;
	}
	return parts;
}

/** The same text, saying that it may have come before. */
export const markedAsRepeat = ({text, entities}: Part): Part => ({
	text: `${repeatMark}${text}`,
	entities: entities.map(entity => ({...entity, offset: entity.offset + repeatMark.length})),
});

export const withoutEntities = ({text}: Part): Part => ({text, entities: []});
