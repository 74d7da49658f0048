import type {Alert} from './alerts.js';
import type {Message} from './channels/channel.js';
import {oneLine} from './text.js';

/** What goes out as one message, and the last fact that it tells of. */
export interface Batch {
	readonly upTo: number;
	readonly message: Message;
}

/** More alerts than this are not sent one by one. */
const singlesLimit = 20;

/** Digest text per message, in UTF-16 units: Telegram takes 4096, less the first line and the mark of a repeat. */
const digestLimit = 3800;

const counted = [
	['failed', 'failed'],
	['unproven', 'unproven'],
	['blocked', 'blocked'],
	['parked', 'parked'],
	['question', 'with a question'],
	['done', 'done'],
] as const;

function countsOf(alerts: readonly Alert[]): string {
	const counts = counted.map(([kind, word]) => ({word, count: alerts.filter(alert => alert.kind === kind).length}));
	const told = counts.filter(({count}) => count > 0).map(({word, count}) => `${count} ${word}`);
	return told.length > 0 ? `: ${told.join(', ')}` : '';
}

const line = ({message: {head, body}}: Alert) => oneLine(body ? `${head} (${oneLine(body, 120)})` : head, 250);

/** Puts alerts, in their order, into as few messages as hold them; the first line of each counts what it holds, bad news first. */
function digests(alerts: readonly Alert[]): Batch[] {
	const groups: Alert[][] = [];
	let length = Number.POSITIVE_INFINITY;
	for (const alert of alerts) {
		length += line(alert).length + 1;
		if (length > digestLimit) {
			groups.push([]);
			length = line(alert).length + 1;
		}
		groups.at(-1)?.push(alert);
	}
	return groups.map(group => ({
		upTo: group.at(-1)?.seq ?? 0,
		message: {head: `${group.length} alerts waited${countsOf(group)}`, body: group.map(line).join('\n')},
	}));
}

/** One message per alert, or digests when many have gathered. */
export const batchesOf = (alerts: readonly Alert[]): Batch[] =>
	alerts.length > singlesLimit ? digests(alerts) : alerts.map(({seq, message}) => ({upTo: seq, message}));
