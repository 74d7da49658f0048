import type {Access, Criterion} from '../domain/mission.js';
import {priorityName} from '../domain/priority.js';
import {escapeWord, idPattern, isName, isSource} from './attributes.js';
import {dedent, isListTitle} from './body.js';
import {decode, encode, isBlank, type Line, lastWordStart, newLine} from './lines.js';
import {closerOf, closesVerbatim, type Verbatim, verbatimOpenedBy} from './verbatim.js';

/** What a mission's first line says. */
export interface Wished {
	readonly title: string;
	readonly priority?: number | undefined;
	readonly access?: Access | undefined;
	readonly target?: string | undefined;
	readonly template?: string | undefined;
	readonly playbook?: string | undefined;
	readonly after?: readonly string[] | undefined;
}

/** A mission to be written down. Texts may come from strangers: only the fields themselves become structure. */
export interface NewMission extends Wished {
	readonly id: string;
	readonly description?: string;
	readonly criteria?: readonly Criterion[];
	readonly testSteps?: readonly string[];
	/** Written as `from:<source>` unless it is `file`. */
	readonly source?: string;
}

const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const controls = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/g;

/**
 * The item's lines, without line ends.
 *
 * @throws {RangeError} the id is none.
 */
export function composeItem(mission: NewMission): Line[] {
	if (!idPattern.test(mission.id)) throw new RangeError(`no mission id: ${mission.id}`);
	const criteria = (mission.criteria ?? []).map(criterionText).filter(Boolean);
	const steps = (mission.testSteps ?? []).map(oneLine).filter(Boolean);
	return [
		newLine(`- [ ] ${[titleText(mission.title), ...attributeWords(mission), `^${mission.id}`].join(' ')}`),
		...descriptionLines(mission.description ?? ''),
		...(criteria.length > 0 ? ['  ### Acceptance Criteria', ...criteria.map(text => `  - [ ] ${text}`)] : []).map(
			newLine,
		),
		...(steps.length > 0 ? ['  ### Test Steps', ...steps.map((text, at) => `  ${at + 1}. ${text}`)] : []).map(newLine),
	];
}

const oneLine = (text: string) =>
	text
		.toWellFormed()
		.split(lineBreak)
		.join(' ')
		.replaceAll(controls, '')
		.replaceAll(/[ \t]+/g, ' ')
		.trim();

/** The last word of a stranger's title may look like an attribute: a backslash, which Markdown does not show, says no. */
function titleText(title: string): string {
	const bytes = encode(oneLine(title) || 'Untitled mission');
	const lastWord = lastWordStart(bytes, bytes.length);
	return decode(bytes.slice(0, lastWord) + escapeWord(bytes.slice(lastWord)));
}

/** Names that the file could not hold are left out. */
export function attributeWords({
	priority,
	access,
	template,
	target,
	playbook,
	after,
	source,
}: Omit<NewMission, 'id' | 'title'>): string[] {
	const named = (prefix: string, name: string | undefined) => (name && isName(encode(name)) ? [prefix + name] : []);
	return [
		...(priority === undefined || priority === 3 ? [] : [`(${priorityName(priority)})`]),
		...named('@', template),
		...named('+', target),
		...(after ?? []).filter(id => idPattern.test(id)).map(id => `after:^${id}`),
		...(access === undefined || access === 'read' ? [] : [`access:${access}`]),
		...named('playbook:', playbook),
		...(source && source !== 'file' && isSource(source) ? [`from:${source}`] : []),
	];
}

/** Every line indented, so that none is an item or a heading of the file; what it opens is closed again. */
function descriptionLines(description: string): Line[] {
	const lines = dedent(description.toWellFormed().replaceAll(controls, '').split(lineBreak).map(encode));
	const written: string[] = [];
	let open: Verbatim | undefined;
	for (const line of lines) {
		written.push(open ? line : escapeListTitle(line));
		if (!open) open = verbatimOpenedBy(line);
		else if (closesVerbatim(open, line)) open = undefined;
	}
	if (open) written.push(closerOf(open));
	return written.map(line => ({text: isBlank(line) ? '' : `  ${line}`, eol: ''}));
}

/** Criteria come from the field only: in a description their title stays a plain line. */
const escapeListTitle = (line: string) => (isListTitle(line) ? line.replace(/(\S)/, '\\$1') : line);

/** A command as a code span; other text so that it is none. */
function criterionText({text, command}: Criterion): string {
	if (command === undefined || lineBreak.test(command)) return oneLine(text).replace(/^`/, '\\`');
	const longest = Math.max(0, ...(command.match(/`+/g) ?? []).map(run => run.length));
	const fence = '`'.repeat(longest + 1);
	const pad = /^[` ]|[` ]$/.test(command) ? ' ' : '';
	return fence + pad + command.replaceAll(controls, '') + pad + fence;
}
