import type {Answer, CommandInput} from '../domain/command.js';
import {messageOf, PilotError} from '../domain/pilot-error.js';
import type {Status} from '../domain/status.js';
import type {Clock} from '../kernel/clock.js';
import type {Message} from './channels/channel.js';
import {answerReply, askedReply, help, queueReply, statusReply, usageReply} from './replies.js';
import {oneLine} from './text.js';
import type {Wish} from './wish.js';

export interface RespondDeps {
	readonly clock: Clock;
	send(command: CommandInput): Promise<Answer>;
	status(): Status;
}

/**
 * Does what was asked and says what came of it; nothing to say for `none`. A command that fails is an answer too, never a
 * rejection.
 *
 * @param source Where a new mission comes from, unique to its message (`telegram:1234`): adding it a second time adds nothing.
 */
export async function respond(wish: Wish, source: string, deps: RespondDeps): Promise<Message | undefined> {
	try {
		switch (wish.kind) {
			case 'none':
				return;
			case 'unclear':
				return {head: wish.say, body: ''};
			case 'show':
				return shown(wish.what, deps);
			case 'add':
				return answerReply(
					await deps.send({type: 'mission.add', title: wish.title, description: wish.description, source}),
				);
			case 'do':
				return answerReply(await deps.send(wish.command));
		}
	} catch (error) {
		return {
			head: 'That did not work.',
			body: `${oneLine(messageOf(error), 500)} ${error instanceof PilotError ? error.todo : ''}`.trim(),
		};
	}
}

function shown(what: Extract<Wish, {kind: 'show'}>['what'], {status, clock}: RespondDeps): Message {
	if (what === 'help') return help;
	if (what === 'status') return statusReply(status(), clock.now());
	if (what === 'asked') return askedReply(status(), clock.now());
	return what === 'queue' ? queueReply(status()) : usageReply(status(), clock.now());
}
