import type {QueueItem} from '../../../src/domain/mission.js';
import {parseQueue} from '../../../src/queue/index.js';
import type {Dice} from './dice.js';

/** What the people of all machines begin with. */
export const startText = `# Queue

What we are at: x0q.
And why: x1q.

## Pending

- [ ] Mend the login page x2q ^m-aaaaaa
  It says x3q.
  And then x4q.
- [ ] Write the manual x5q !2
- [ ] Count the users x6q
- [ ] Count the users x6q
- [ ] Clean the cellar x7q ^m-bbbbbb
  Acceptance Criteria
  - [ ] \`true\`

## Done
- [x] 2026-01-01 - Buy a server x8q ^m-cccccc

## Notes
Keep out x9q.
- [ ] private x10q
`;

/** How often each of the words stands there that only people write, so that a lost line is seen. */
export function wordsOf(text: string): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const word of text.match(/\bx\d+q\b/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
	return counts;
}

export interface Edited {
	readonly text: string;
	/** Missions that the human took out or put back: what pilot marked there counts no more. */
	readonly handled: readonly string[];
}

interface Moment {
	readonly lines: string[];
	readonly item: QueueItem;
	/** A word that stands nowhere yet. */
	readonly word: string;
	readonly dice: Dice;
}

const headOf = (item: QueueItem) => item.line - 1;

/** Where the mission's own lines end. */
function endOf({lines, item}: Moment): number {
	let end = headOf(item) + 1;
	while (/^\s+\S/.test(lines[end] ?? '')) end++;
	return end;
}

function rewriteHead({lines, item}: Moment, change: (line: string) => string) {
	lines[headOf(item)] = change(lines[headOf(item)] ?? '');
}

/** The mission's lines, taken out. */
const cut = (moment: Moment) => moment.lines.splice(headOf(moment.item), endOf(moment) - headOf(moment.item));

function add(moment: Moment) {
	const {lines, word, dice} = moment;
	const at = dice.chance(0.7) ? endOf(moment) : lines.indexOf('## Pending') + 1;
	const reason = dice.chance(0.5) ? [`  Why: ${word}.`] : [];
	lines.splice(at, 0, `- [ ] Do something ${word} !${1 + dice.below(4)}`, ...reason);
}

function reprioritise(moment: Moment) {
	const urgency = ` !${1 + moment.dice.below(4)}`;
	rewriteHead(moment, line =>
		/ ![1-4]/.test(line) ? line.replace(/ ![1-4]/, urgency) : line.replace(/( \^m-\w{6})?$/, `${urgency}$1`),
	);
}

function rephrase({lines, item, word}: Moment) {
	if (/^\s+\w/.test(lines[headOf(item) + 1] ?? '')) lines[headOf(item) + 1] = `  Rather ${word}.`;
}

function moveUp(moment: Moment) {
	const {lines, item, dice} = moment;
	const other = parseQueue(Buffer.from(lines.join('\n'))).items[dice.below(3)];
	if (other && other.line < item.line && other.state === item.state) lines.splice(headOf(other), 0, ...cut(moment));
}

/** What people do to missions.md, each in one save. */
const doings: Readonly<Record<string, (moment: Moment) => unknown>> = {
	add,
	think: ({lines, word, dice}) => lines.splice(dice.below(3), 0, `A thought ${word}.`),
	describe: ({lines, item, word}) => lines.splice(headOf(item) + 1, 0, `  About ${word}.`),
	append: moment => moment.lines.splice(endOf(moment), 0, `  Also ${moment.word}.`),
	retitle: moment => rewriteHead(moment, line => line.replace(/\bx\d+q\b/, moment.word)),
	reprioritise,
	rephrase,
	'take out': cut,
	'move up': moveUp,
	'put back': moment => rewriteHead(moment, line => line.replace(/\[.\](?: \d{4}-\d\d-\d\d -)?/, '[ ]')),
};

/** One thing that a human does to the file as it stands before them. */
export function editAsHuman(text: string, word: string, dice: Dice): Edited {
	const lines = text.split('\n');
	const {items} = parseQueue(Buffer.from(text));
	if (items.length === 0) return {text: `${text}- [ ] Begin again ${word}\n`, handled: []};
	const item = dice.pick(items);
	const doing = dice.pick(Object.keys(doings));
	doings[doing]?.({lines, item, word, dice});
	const handled = doing === 'take out' || doing === 'put back' ? [item.mission.id] : [];
	return {text: lines.join('\n'), handled};
}
