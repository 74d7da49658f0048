import type {OpenApproval} from '../domain/approval.js';
import {plainText} from './plain-text.js';
import type {Deck} from './use-pilot.js';
import {by, wish} from './wish.js';

/** An answer counts once its question was seen for so long: a key that is pressed twice must not answer the next one. */
const seenMs = 500;

export type Reply = {readonly says: 'once' | 'session'} | {readonly says: 'deny'; readonly note: string};

/** True once somebody can have read it. */
export const isSeen = (sinceMs: number, nowMs: number) => nowMs - sinceMs >= seenMs;

export function answer(deck: Deck, {approvalId: id}: OpenApproval, reply: Reply): Promise<unknown> {
	if (reply.says !== 'deny') return wish(deck, {type: 'approval.allow', id, scope: reply.says, by});
	const note = plainText(reply.note);
	return wish(deck, {type: 'approval.deny', id, by, ...(note === '' ? {} : {note})});
}
