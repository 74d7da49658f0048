import {z} from 'zod';
import {Access, MissionState, Priority} from './mission.js';
import {moveSteps} from './move.js';

/** What a mission that was requeued can have been before. */
const Ended = MissionState.exclude(['pending', 'in-progress']);

const MemoryKinds = z.enum(['learning', 'preference', 'summary']);

/** A wish, from whichever hand: dashboard, CLI, Telegram, an agent. All come this way and get an `Answer`. */
export const Command = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('mission.add'),
		title: z.string().min(1).max(500),
		description: z.string().max(20_000).default(''),
		priority: Priority.default(3),
		access: Access.optional(),
		target: z.string().optional(),
		template: z.string().optional(),
		playbook: z.string().max(100).optional(),
		/** The title may end in attributes, as in missions.md. Only where a human typed it at this machine: elsewhere they are text. */
		isTyped: z.boolean().optional(),
		/** Ids of missions that have to be done before. */
		after: z.array(z.string()).max(50).optional(),
		source: z.string().default('cli'),
	}),
	z.object({type: z.literal('mission.skip'), id: z.string(), by: z.string().default('you')}),
	z.object({type: z.literal('mission.requeue'), id: z.string(), by: z.string().default('you')}),
	z.object({type: z.literal('mission.move'), id: z.string(), to: z.enum(moveSteps), by: z.string().default('you')}),
	z.object({
		type: z.literal('mission.reprioritise'),
		id: z.string(),
		priority: Priority,
		by: z.string().default('you'),
	}),
	/** Takes back what another command did; an answer says with which of these. */
	z.object({
		type: z.literal('mission.restore'),
		id: z.string(),
		to: z.discriminatedUnion('kind', [
			z.object({
				kind: z.literal('place'),
				side: z.enum(['before', 'after']),
				beside: z.string(),
				turn: z.number().int(),
			}),
			z.object({kind: z.literal('turn'), turn: z.number().int()}),
			z.object({kind: z.literal('state'), state: Ended, doneOn: z.string().optional(), why: z.string()}),
			z.object({kind: z.literal('gone')}),
		]),
		by: z.string().default('you'),
	}),
	z.object({type: z.literal('session.stop'), id: z.string(), by: z.string().default('you')}),
	z.object({type: z.literal('session.take'), id: z.string(), by: z.string().default('you')}),
	z.object({type: z.literal('session.hand-back'), id: z.string(), by: z.string().default('you')}),
	z.object({
		type: z.literal('approval.allow'),
		id: z.string(),
		scope: z.enum(['once', 'session']).default('once'),
		by: z.string().default('you'),
	}),
	z.object({
		type: z.literal('approval.deny'),
		id: z.string(),
		/** Told to whoever asked. */
		note: z.string().max(2000).optional(),
		by: z.string().default('you'),
	}),
	z.object({type: z.literal('pilot.stop'), now: z.boolean().default(false), by: z.string().default('you')}),
	z.object({type: z.literal('pilot.pause'), by: z.string().default('you')}),
	z.object({type: z.literal('pilot.resume'), by: z.string().default('you')}),
	z.object({type: z.literal('usage.paste'), text: z.string().max(100_000), source: z.string().default('pasted')}),
	z.object({
		type: z.literal('memory.add'),
		kind: MemoryKinds.default('preference'),
		text: z.string().max(2000),
		by: z.string().default('you'),
	}),
	/** `was`: the line as it stands in its file, without the mark of the list. */
	z.object({
		type: z.literal('memory.edit'),
		kind: MemoryKinds,
		was: z.string(),
		text: z.string().max(2000),
		by: z.string().default('you'),
	}),
	z.object({type: z.literal('memory.forget'), kind: MemoryKinds, was: z.string(), by: z.string().default('you')}),
	/** A line that was forgotten, as it stood, between the lines between which it stood. */
	z.object({
		type: z.literal('memory.restore'),
		kind: MemoryKinds,
		was: z.string().regex(/^[^\r\n]+$/),
		above: z.string().optional(),
		below: z.string().optional(),
		by: z.string().default('you'),
	}),
	z.object({type: z.literal('pilot.sync')}),
]);
export type Command = z.infer<typeof Command>;
export type CommandInput = z.input<typeof Command>;

/** What came of a command: one sentence for the human, and what scripts need. `code` is a PilotError's when it was refused. */
export const Answer = z.object({
	ok: z.boolean(),
	say: z.string(),
	todo: z.string().optional(),
	code: z.string().optional(),
	missionId: z.string().optional(),
	data: z.unknown().optional(),
	/** What takes it back, while nothing else has happened to it; none where nothing does. */
	undo: Command.optional(),
});
export type Answer = z.infer<typeof Answer>;
