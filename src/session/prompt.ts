import type {Mission} from '../domain/mission.js';

/** What is remembered, as it stands in the memory files. */
export interface Memory {
	readonly summary: string;
	readonly learnings: string;
	readonly preferences: string;
}

export interface PromptInput {
	readonly mission: Mission;
	readonly soul: string;
	readonly memory: Memory;
	/** Tokens of about 4 characters that memory may take. */
	readonly memoryTokens: number;
	readonly template: string;
	/** The project's own notes for agents, from its base commit; '' for none. */
	readonly projectNotes: string;
	readonly branch: string | undefined;
	/** The checkout is on no branch; pilot makes `branch` of its last commit. */
	readonly isDetached?: boolean;
	/** Why earlier attempts did not do, oldest first. */
	readonly failures: readonly string[];
	readonly notes: readonly string[];
	/** Whether the agent can call pilot's tools. */
	readonly reports: boolean;
}

const charactersPerToken = 4;

/** Linux takes no single argument over 131,072 bytes, and the prompt is one. */
const longestPrompt = 100_000;
const longestMemory = 40_000;
const longestTemplate = 12_000;
const longestFailure = 3000;

/** What is no text: it would cut an argument short, or hide from a human what a model reads. */
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060-\u2069\ufeff]|\udb40[\udc00-\udc7f]/g;

/** Keeps text from ending the block it stands in: data stays data. */
const sealed = (text: string, tag: string) => text.replaceAll(new RegExp(`<(\\s*/?\\s*${tag})`, 'gi'), '‹$1');

const block = (tag: string, text: string) =>
	text.trim() === '' ? '' : `<${tag}>\n${sealed(text.trim(), tag)}\n</${tag}>`;

/** The end of a text, in whole lines, for what grows at its end. */
function lastLines(text: string, characters: number): string {
	if (characters <= 0) return '';
	if (text.length <= characters) return text;
	const cut = text.slice(-characters - 1);
	const end = cut.indexOf('\n');
	return end < 0 ? '' : cut.slice(end + 1);
}

/** Preferences first, then learnings, then the summary: each gets what those before it left of the allowance. */
export function memoryText({preferences, learnings, summary}: Memory, tokens: number): string {
	let left = Math.min(tokens * charactersPerToken, longestMemory);
	const take = (title: string, text: string) => {
		const kept = lastLines(text.trim(), Math.max(0, left));
		left -= kept.length;
		return kept === '' ? '' : `${title}\n${kept}`;
	};
	return [
		take('What the human prefers:', preferences),
		take('What was learned:', learnings),
		take('What was done lately:', summary),
	]
		.filter(Boolean)
		.join('\n\n');
}

const accessText = ({mission, branch, isDetached}: PromptInput) =>
	mission.access === 'read'
		? 'You may read everything here and change nothing: the checkout is compared afterwards, and any change blocks the mission.'
		: `You work in a private checkout, ${isDetached ? `on a detached HEAD, of which branch ${branch} is made later` : `on branch ${branch ?? 'of your own'}`}. Change what the mission needs and commit it there. Do not push, do not merge, do not switch branches.`;

const list = (items: readonly string[], mark: (index: number) => string) =>
	items.map((item, index) => `${mark(index)} ${item}`).join('\n');

function criteriaText({criteria, testSteps}: Mission): string {
	const met = criteria.map(criterion =>
		criterion.command ? `run \`${criterion.command}\`: must exit 0 (pilot runs it after you)` : criterion.text,
	);
	return [
		met.length > 0 ? `Acceptance criteria:\n${list(met, () => '-')}` : '',
		testSteps.length > 0 ? `Test steps:\n${list(testSteps, index => `${index + 1}.`)}` : '',
	]
		.filter(Boolean)
		.join('\n\n');
}

const alone =
	'Nobody watches while you work, so nobody can answer at once: where you have to choose, choose the safe way and say so.';

const toolEnding = `${alone}
When you are done, call the tool mcp__pilot__report once: a summary of one line, a report in markdown (what you did, what you found, what
is left), what you learned about this project that the next session should know, and what you noticed of the human's preferences. If you
cannot go on, call mcp__pilot__block with the reason. For work that should follow, call mcp__pilot__propose_mission. Do not claim what you did
not do: acceptance commands and tests are run again after you.`;

const plainEnding = `${alone}
When you are done, end with a short summary: what you did, what you found, what is left. It is kept as your report. Do not claim what you
did not do: acceptance commands and tests are run again after you.`;

/** Why earlier attempts did not do, in words that came from commands and agents: data, as memory is. */
const failuresText = (failures: readonly string[]) =>
	failures.length === 0
		? ''
		: [
				'This was tried before and did not do. What was done then is still in the checkout. Why it did not do:',
				block(
					'earlier-attempts',
					list(
						failures.slice(-3).map(why => why.slice(0, longestFailure)),
						() => '-',
					),
				),
			].join('\n');

/** The start of a text, at most so many bytes in UTF-8, no character cut in two. */
function firstBytes(text: string, bytes: number): string {
	const all = Buffer.from(text);
	if (all.length <= bytes) return text;
	let end = bytes;
	while (((all[end] ?? 0) & 0xc0) === 0x80) end--;
	return all.subarray(0, end).toString('utf8');
}

/**
 * Composes the prompt of a session from soul, memory, template and mission. What agents wrote earlier (memory) and what came from
 * outside is delimited as data and bounded in size. How to end is never cut off.
 */
export function composePrompt(input: PromptInput): string {
	const {mission, failures} = input;
	const ending = input.reports ? toolEnding : plainEnding;
	const parts = [
		block('soul', input.soul.slice(0, 12_000)),
		block('memory', memoryText(input.memory, input.memoryTokens)),
		block('project-notes', input.projectNotes.slice(0, 20_000)),
		`# Mission: ${mission.title}`,
		block('description', mission.description.slice(0, 20_000)),
		criteriaText(mission),
		input.template.slice(0, longestTemplate),
		accessText(input),
		...input.notes,
		failuresText(failures),
	];
	const whole = parts.filter(Boolean).join('\n\n').replaceAll(hidden, '');
	return `${firstBytes(whole, longestPrompt - Buffer.byteLength(ending) - 2)}\n\n${ending}`;
}

/** What a session is told when it is taken up again after a limit or a crash. */
export const resumePrompt = (why: string) =>
	`You were interrupted (${why}). Look at where you stopped, then go on with the mission.\n\n${toolEnding}`;

/** What a session is told when a human, who had it in hand, has handed it back. */
export const handBackPrompt = (by: string, said: readonly string[]) =>
	[
		`The human took over (${by})${said.length > 0 ? ' and said:' : '.'}`,
		block(
			'said-by-the-human',
			list(said, () => '-'),
		),
		`Now nobody is there again. Look at where things stand, then go on with the mission.\n\n${toolEnding}`,
	]
		.filter(Boolean)
		.join('\n')
		.replaceAll(hidden, '');
