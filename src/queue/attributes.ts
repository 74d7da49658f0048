import {Access} from '../domain/mission.js';
import {priorityNames} from '../domain/priority.js';
import {decode} from './lines.js';

/** What one word at the end of a title line says. `bad` is a word that looks like an attribute and is none: why. */
export interface Attribute {
	readonly key: 'priority' | 'access' | 'template' | 'target' | 'after' | 'playbook' | 'source' | 'id' | 'bad';
	readonly value: string;
}

export const idPattern = /^m-[0-9a-z]{6}$/;
/** Template, target and playbook names: letters, digits, `_`, `.`, `-`, at least one of them a letter. Bytes, not text. */
const namePattern = /^[\w\x80-\xff][\w.\x80-\xff-]*$/;
const letter = /[A-Za-z_\x80-\xff]/;
const sourcePattern = /^[a-z][a-z0-9-]*$/;
const longestWord = 200;

export const isName = (word: string) => word.length < longestWord && namePattern.test(word) && letter.test(word);
export const isSource = (word: string) => word.length < longestWord && sourcePattern.test(word);

/** Reads one word (bytes). `undefined`: the word is part of the title, and so is everything before it. */
export function readAttribute(word: string): Attribute | undefined {
	if (word.length > longestWord) return undefined;
	switch (word.charCodeAt(0)) {
		case 33: // !
			return readNumber(word);
		case 40: // (
			return readPriorityName(word);
		case 43: // +
			return isName(word.slice(1)) ? {key: 'target', value: decode(word.slice(1))} : undefined;
		case 64: // @
			return isName(word.slice(1)) ? {key: 'template', value: decode(word.slice(1))} : undefined;
		case 94: // ^
			return readId(word);
		default:
			return readNamed(word);
	}
}

const bad = (what: string): Attribute => ({key: 'bad', value: what});

function readNumber(word: string): Attribute | undefined {
	if (!/^!\d+$/.test(word)) return undefined;
	return /^![1-4]$/.test(word) ? {key: 'priority', value: word.slice(1)} : bad(`${word} is no priority: !1 to !4`);
}

const priorities = new Map(priorityNames.map((name, at): [string, string] => [`(${name})`, String(at + 1)]));

function readPriorityName(word: string): Attribute | undefined {
	const value = priorities.get(word) ?? priorities.get(word.toLowerCase());
	return value === undefined ? undefined : {key: 'priority', value};
}

/** `^8.0.0` is no id but a version: only words of letters, digits and dashes are taken for one. */
function readId(word: string): Attribute | undefined {
	const id = word.slice(1);
	if (idPattern.test(id)) return {key: 'id', value: id};
	return /^[\w-]+$/.test(id) ? bad(`${word} is no id: ^m- and six of 0-9 a-z`) : undefined;
}

function readNamed(word: string): Attribute | undefined {
	const colon = word.indexOf(':');
	if (colon === -1) return undefined;
	const value = word.slice(colon + 1);
	switch (word.slice(0, colon)) {
		case 'access':
			return (Access.options as readonly string[]).includes(value)
				? {key: 'access', value}
				: bad(`access:${decode(value)} is unknown: access:read, access:write or access:trusted`);
		case 'after':
			return value.startsWith('^') && idPattern.test(value.slice(1))
				? {key: 'after', value: value.slice(1)}
				: bad(`after:${decode(value)} names no mission: after:^m- and six of 0-9 a-z`);
		case 'playbook':
			return isName(value) ? {key: 'playbook', value: decode(value)} : bad(`playbook:${decode(value)} is no name`);
		case 'from':
			return isSource(value) ? {key: 'source', value} : undefined;
		default:
			return undefined;
	}
}

const escaped = /^\\+/;

/** A title's last word with a backslash before it if it would be read as an attribute; `unescapeWord` takes it off. */
export const escapeWord = (word: string) => (readAttribute(word.replace(escaped, '')) ? `\\${word}` : word);

export const unescapeWord = (word: string) =>
	word.startsWith('\\') && readAttribute(word.replace(escaped, '')) ? word.slice(1) : word;
