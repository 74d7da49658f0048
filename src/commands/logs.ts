import {existsSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {factText} from '../app/fact-text.js';
import type {PilotEvent} from '../domain/event.js';
import {PilotError} from '../domain/pilot-error.js';
import {readLog} from '../kernel/event-log.js';
import {commandLine} from '../view/command-rows.js';

function factsOf(workspace: string): PilotEvent[] {
	const file = path.join(workspace, '.pilot', 'events.ndjson');
	return [`${file}.1`, file].filter(existsSync).flatMap(name => readLog(name).events);
}

const lookAgainMs = 100;

/**
 * Shows new facts until the pilot has gone. Somebody who reads too slowly is hung up on: what was missed is in the file, and
 * the pilot is called again.
 */
async function followFacts(context: CommandContext, seen: number, show: (fact: PilotEvent) => void): Promise<void> {
	const client = context.control();
	let last = seen;
	const tell = (fact: PilotEvent) => {
		last = fact.seq;
		show(fact);
	};
	const catchUp = (before = Number.POSITIVE_INFINITY) => {
		for (const fact of factsOf(context.workspace())) if (fact.seq > last && fact.seq < before) tell(fact);
	};
	const take = (fact: PilotEvent) => {
		if (fact.seq > last + 1) catchUp(fact.seq);
		if (fact.seq > last) tell(fact);
	};
	await client.health();
	do {
		await new Promise<void>(resolve => client.follow({fact: take, end: resolve}));
		catchUp();
		await sleep(lookAgainMs);
	} while (await client.health().catch(() => undefined));
}

async function printCommands({io, json, control}: CommandContext, tail: number): Promise<number> {
	const commands = (await control().commands()).slice(tail === 0 ? Number.POSITIVE_INFINITY : -tail);
	if (json) io.out(JSON.stringify({v: 1, commands}));
	else for (const command of commands) io.out(commandLine(command, Date.now()));
	return 0;
}

export default defineCommand({
	name: 'logs',
	summary: 'Print the facts: what happened, oldest first.',
	options: [
		['--tail <n>', 'only the last n (default 50)'],
		['--follow', 'go on with new ones as they happen'],
		['--commands', 'what the running pilot has run lately instead: what for, how long, its exit'],
	],
	example: 'pilot-tui logs --tail 20 --follow',
	async run(context) {
		const {options, io, json} = context;
		const tail = Number(options.tail ?? 50);
		if (!Number.isInteger(tail) || tail < 0)
			throw new PilotError('TAIL_INVALID', {
				what: `${options.tail} is no number of lines.`,
				todo: 'Give a whole number, such as --tail 20.',
				exitCode: 2,
			});
		if (options.commands === true) return printCommands(context, tail);
		const all = factsOf(context.workspace());
		const facts = all.slice(tail === 0 ? Number.POSITIVE_INFINITY : -tail);
		const follow = options.follow === true;
		const show = (fact: PilotEvent) => {
			const line = json ? JSON.stringify({v: 1, ...fact}) : factText(fact);
			if (line !== undefined) io.out(line);
		};
		if (json && !follow) io.out(JSON.stringify({v: 1, facts}));
		else for (const fact of facts) show(fact);
		if (follow) await followFacts(context, all.at(-1)?.seq ?? 0, show);
		return 0;
	},
});
