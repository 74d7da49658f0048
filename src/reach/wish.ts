import type {CommandInput} from '../domain/command.js';
import {shorten} from './text.js';

/** What a message asks for. */
export type Wish =
	| {readonly kind: 'add'; readonly title: string; readonly description: string}
	| {readonly kind: 'show'; readonly what: 'status' | 'queue' | 'usage' | 'asked' | 'help'}
	/** Changes something now: must not be done twice, nor hours after it was meant. */
	| {readonly kind: 'do'; readonly command: CommandInput}
	| {readonly kind: 'unclear'; readonly say: string}
	/** Meant for another bot in the group. */
	| {readonly kind: 'none'};

const titleLimit = 200;

/** A figure and a heading of Claude Code's `/usage` screen or of the web's usage page, as seen in texts of 2025-11 to 2026-11. */
export const looksLikeUsage = (text: string) =>
	/\d\s*%\s*used/i.test(text) &&
	/current (session|week)|weekly limits|all models|usage credits|extra usage/i.test(text);

/** First line = title; a longer one is cut, and then the description holds the whole text. */
function missionOf(text: string): Wish {
	const [first = '', ...rest] = text.split('\n');
	const title = first.trim();
	if (title.length <= titleLimit) return {kind: 'add', title, description: rest.join('\n').trim()};
	return {kind: 'add', title: shorten(title, titleLimit), description: text};
}

const idOf = (rest: string) => rest.replace(/^\^/, '').toLowerCase();

function aboutMission(verb: string, rest: string, command: (id: string) => CommandInput): Wish {
	if (/^\^?m-[0-9a-z]{6}$/i.test(rest)) return {kind: 'do', command: command(idOf(rest))};
	return {kind: 'unclear', say: `Which mission? Write it like this: /${verb} m-abc123 (/queue shows the ids).`};
}

/** `a-4k2p and perhaps more words`; what a yes or a no is for must be named, for another may be asked by now. */
function aboutAsked(verb: string, rest: string, command: (id: string, words: string) => CommandInput): Wish {
	if (rest === '') return {kind: 'show', what: 'asked'};
	const [, id, words = ''] = /^(a-[0-9a-z]{4})(?:\s+([\s\S]*))?$/i.exec(rest) ?? [];
	if (id) return {kind: 'do', command: command(id.toLowerCase(), words.trim())};
	return {kind: 'unclear', say: `What of? Write it like this: /${verb} a-4k2p (/${verb} alone shows what is asked).`};
}

const by = 'telegram';
const longestNote = 2000;

const commands: Readonly<Record<string, (rest: string) => Wish>> = {
	start: () => ({kind: 'show', what: 'help'}),
	help: () => ({kind: 'show', what: 'help'}),
	status: () => ({kind: 'show', what: 'status'}),
	queue: () => ({kind: 'show', what: 'queue'}),
	usage: rest => (rest ? {kind: 'do', command: {type: 'usage.paste', text: rest}} : {kind: 'show', what: 'usage'}),
	pause: () => ({kind: 'do', command: {type: 'pilot.pause', by}}),
	resume: () => ({kind: 'do', command: {type: 'pilot.resume', by}}),
	stop: rest =>
		rest
			? aboutMission('stop', rest, id => ({type: 'session.stop', id, by}))
			: {kind: 'do', command: {type: 'pilot.stop', by}},
	approve: rest =>
		aboutAsked('approve', rest, (id, words) => ({
			type: 'approval.allow',
			id,
			scope: /^(for )?(the |this )?session$/i.test(words) ? 'session' : 'once',
			by,
		})),
	deny: rest =>
		aboutAsked('deny', rest, (id, words) => ({
			type: 'approval.deny',
			id,
			...(words === '' ? {} : {note: words.slice(0, longestNote)}),
			by,
		})),
	skip: rest => aboutMission('skip', rest, id => ({type: 'mission.skip', id, by})),
	requeue: rest => aboutMission('requeue', rest, id => ({type: 'mission.requeue', id, by})),
};

/** A command that one tap sends: a phone takes `/approve_4k2p` for a link, and of `/approve a-4k2p` only the first word. */
const tapped = /^\/(approve|deny)_([0-9a-z]{4})(@\w+)?(?=\s|$)/i;

/**
 * Reads a message.
 *
 * @param botName Telegram user name without `@`; in groups a command may be addressed: `/status@my_bot`.
 */
export function wishOf(text: string, botName: string): Wish {
	const trimmed = text.trim().replace(tapped, '/$1$3 a-$2');
	const [, verb, addressee, rest = ''] = /^\/([a-z_]+)(?:@(\w+))?(?:\s+([\s\S]*))?$/i.exec(trimmed) ?? [];
	if (verb) {
		if (addressee && addressee.toLowerCase() !== botName.toLowerCase()) return {kind: 'none'};
		const command = Object.hasOwn(commands, verb.toLowerCase()) ? commands[verb.toLowerCase()] : undefined;
		return command?.(rest.trim()) ?? {kind: 'unclear', say: `/${verb} is not something I know. /help lists what is.`};
	}
	if (looksLikeUsage(trimmed)) return {kind: 'do', command: {type: 'usage.paste', text: trimmed}};
	return missionOf(trimmed);
}
