import type {RanCommand} from '../domain/ran-command.js';
import {clockTime, shortDuration} from './format.js';
import {commandSigns, type Page} from './page.js';
import type {Part} from './parts.js';
import {plainText} from './plain-text.js';

/** What the list of them is called; `Commands` are those that one gives. */
export const commandLog = 'Command log';

/** git that is asked whether something is there says no by its exit. */
const questions = /^git (?:rev-parse|cat-file|config|show-ref|merge-base|diff|ls-files|check-ignore|symbolic-ref)\b/;
const saysNo = ({exitCode, trouble, line}: RanCommand) =>
	trouble === undefined && (exitCode === 1 || exitCode === 128) && questions.test(line);

const failed = (command: RanCommand) =>
	command.trouble !== undefined || (command.durationMs !== undefined && command.exitCode !== 0 && !saysNo(command));

const took = ({durationMs}: RanCommand) => {
	if (durationMs === undefined) return '…';
	if (durationMs < 1000) return `${Math.round(durationMs)}ms`;
	return durationMs < 10_000 ? `${(durationMs / 1000).toFixed(1)}s` : shortDuration(durationMs);
};

/** How it ended, in words; '' when that was well. */
function endOf(command: RanCommand): string {
	const {exitCode, trouble, durationMs} = command;
	if (durationMs === undefined) return ': runs';
	if (trouble !== undefined) return `: ${trouble}`;
	return failed(command) || saysNo(command) ? `: exit ${exitCode}${saysNo(command) ? ', it is not there' : ''}` : '';
}

const sign = (command: RanCommand) =>
	command.durationMs === undefined ? '▶' : failed(command) ? '✗' : saysNo(command) ? '–' : '✓';

/** Beside the sign, and a blank on either side. */
const tookCells = commandSigns - 3;

/** `✗   1.2s git push origin main: exit 1` */
export const commandRow = (command: RanCommand) =>
	plainText(`${sign(command)} ${took(command).padStart(tookCells)} ${command.line}${endOf(command)}`);

/** One line that says all of it: `14:02 sync ✓ 0.3s git fetch origin`. */
export const commandLine = (command: RanCommand, nowMs: number) =>
	`${clockTime(command.at, nowMs)} ${nameOf(command)} ${commandRow(command)}`;

const nameOf = ({purpose, missionId}: RanCommand) => plainText(missionId ? `${purpose} ^${missionId}` : purpose);

interface Group {
	readonly name: string;
	readonly purpose: string;
	readonly commands: RanCommand[];
}

/** Those that were run one after the other for the same thing. */
function groupsOf(commands: readonly RanCommand[]): Group[] {
	const groups: Group[] = [];
	for (const command of commands) {
		const name = nameOf(command);
		// Works that run side by side are not torn to pieces.
		const open = groups.slice(-4).findLast(group => group.name === name);
		if (open) open.commands.push(command);
		else groups.push({name, purpose: command.purpose, commands: [command]});
	}
	return groups;
}

function groupText({name, commands}: Group, nowMs: number): string {
	const bad = commands.filter(failed).length;
	const sum = shortDuration(commands.reduce((total, {durationMs = 0}) => total + durationMs, 0));
	const counts = `${commands.length} command${commands.length === 1 ? '' : 's'}, ${sum}${bad > 0 ? `, ${bad} failed` : ''}`;
	const head = `# ${clockTime(commands[0]?.at ?? '', nowMs)} ${name} (${counts})`;
	return [head, ...commands.map(commandRow)].join('\n');
}

const pageOf = (title: string, groups: readonly Group[], nowMs: number): Page => ({
	title,
	kind: 'commands',
	text: groups
		.toReversed()
		.map(group => groupText(group, nowMs))
		.join('\n\n'),
});

/** All of them, what failed, and each purpose: grouped, the newest group first. */
export function commandPages(commands: readonly RanCommand[], nowMs: number): readonly Page[] {
	if (commands.length === 0) return [{title: commandLog, kind: 'plain', text: 'Nothing was run yet.'}];
	const groups = groupsOf(commands);
	const purposes = [...new Set(groups.map(({purpose}) => purpose))];
	const bad = groupsOf(commands.filter(failed));
	return [
		pageOf('All', groups, nowMs),
		...(bad.length > 0 ? [pageOf('Failed', bad, nowMs)] : []),
		...purposes.map(purpose =>
			pageOf(
				purpose,
				groups.filter(group => group.purpose === purpose),
				nowMs,
			),
		),
	];
}

/** Rows of a panel: the newest at the bottom, with a head where the purpose changes. */
export function commandRows(commands: readonly RanCommand[]): Part[] {
	return groupsOf(commands).flatMap(({name, commands: own}): Part[] => [
		{text: name, tone: 'dim'},
		...own.map(
			(command): Part => ({
				text: commandRow(command),
				tone: failed(command) ? 'bad' : command.durationMs === undefined ? 'live' : 'plain',
			}),
		),
	]);
}
