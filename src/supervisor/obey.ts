import type {Answer, Command} from '../domain/command.js';
import {holderOf} from '../domain/lease.js';
import {unknownTarget} from '../domain/never-runs.js';
import {readTitle, understood} from '../queue/index.js';
import {done, refused} from './answer.js';
import {allow, deny} from './approvals.js';
import {commitQueue} from './commit-queue.js';
import type {Context} from './context.js';
import {findMission, isAnswer} from './find-mission.js';
import {handBack, take} from './hands.js';
import type {LiveSession} from './live.js';
import {readTemplate} from './notes-files.js';
import {move, reprioritise, restore} from './order.js';
import {readUsageText, takeQuota} from './quota.js';
import {changeMemoryBy} from './remember.js';

type Of<T extends Command['type']> = Extract<Command, {type: T}>;

/** The command that takes one back. */
const back = (id: string, to: Of<'mission.restore'>['to'], by: string) => ({
	type: 'mission.restore' as const,
	id,
	to,
	by,
});

function add(context: Context, command: Of<'mission.add'>): Answer {
	const {store, queueFile, config} = context;
	const {type: _type, source, isTyped, priority, ...given} = command;
	// One that was not chosen is the usual one: then the title may say another.
	const wished = {...given, ...(priority === 3 ? {} : {priority})};
	const mission = isTyped ? readTitle(wished) : wished;
	const known = store
		.after(0)
		.find(fact => fact.type === 'mission.added' && source.includes(':') && fact.data.source === source);
	if (known?.type === 'mission.added')
		return done(`^${known.data.missionId} is in the queue already.`, {missionId: known.data.missionId});
	const targets = config.targets.map(target => target.name);
	const wrong = mission.target ? unknownTarget(mission.target, targets) : undefined;
	if (wrong) return refused('TARGET_UNKNOWN', `There is ${wrong.what}.`, wrong.todo);
	if (mission.template && readTemplate(context, mission.template) === '')
		return refused(
			'TEMPLATE_UNKNOWN',
			`There is no template ${mission.template}.`,
			'See templates/ in the workspace. A word of the title that only looks like one has a backslash before it.',
		);
	const before = (mission.after ?? []).map(named => findMission(context, named));
	const unknown = before.find(isAnswer);
	if (unknown) return unknown;
	const after = before.flatMap(item => (isAnswer(item) ? [] : [item.mission.id]));
	const id = context.randomId('m');
	const attributes = understood({...mission, after});
	queueFile.edit([{op: 'append', mission: {...mission, after, id, source: source.split(':')[0] ?? source}}]);
	store.emit('mission.added', {
		...{missionId: id, title: mission.title, source},
		...(attributes === '' ? {} : {attributes}),
	});
	commitQueue(context, `Add: ${mission.title} ^${id}`);
	const say = attributes === '' ? `Added as ^${id}.` : `Added as ^${id}: ${mission.title} ${attributes}`;
	return done(say, {missionId: id, undo: back(id, {kind: 'gone'}, source)});
}

function stopSession(context: Context, missionId: string, then: 'park' | 'skip', by: string): boolean {
	const run = context.store.state.runs[missionId];
	if (run?.stopAsked) return true;
	if (!run || ['conclude', 'record', 'publish'].includes(run.step)) return false;
	context.store.emit('mission.stop-asked', {missionId, attempt: run.attempt, then, by});
	context.stops.stop(missionId);
	context.live.byMission(missionId)?.session?.stop({outcome: 'stopped', why: `stopped by ${by}`});
	return true;
}

function skip(context: Context, {id, by}: Of<'mission.skip'>): Answer {
	const item = findMission(context, id);
	if (isAnswer(item)) return item;
	const missionId = item.mission.id;
	if (stopSession(context, missionId, 'skip', by))
		return done(`^${missionId} is being stopped; it goes to the end of its priority.`, {missionId});
	if (item.state !== 'pending')
		return refused(
			'NOT_PENDING',
			`^${missionId} is ${item.state}: there is nothing to skip.`,
			'Use requeue to have it done again.',
		);
	const turn = context.store.state.skipped[missionId] ?? 0;
	context.store.emit('mission.skipped', {missionId, by});
	const undo = back(missionId, {kind: 'turn', turn}, by);
	return done(`^${missionId} goes to the end of its priority.`, {missionId, undo});
}

function requeue(context: Context, {id, by}: Of<'mission.requeue'>): Answer {
	const item = findMission(context, id);
	if (isAnswer(item)) return item;
	const missionId = item.mission.id;
	if (context.store.state.runs[missionId])
		return refused('MISSION_RUNNING', `^${missionId} is running.`, 'Stop it first: x, or `pilot-tui stop ID`.');
	const holder = holderOf(context.machines.others, missionId, context.clock.now());
	if (item.state === 'in-progress' && holder)
		return refused('MISSION_RUNNING', `${holder.machine} works on ^${missionId}.`, 'Stop it there first.');
	const {state, doneOn} = item;
	const ended = context.store.state.outcomes[missionId];
	const why = (ended?.state === 'done' ? ended.summary : ended?.why) ?? `${state} in missions.md`;
	context.queueFile.edit([{op: 'mark', id: missionId, state: 'pending'}]);
	context.store.emit('mission.requeued', {missionId, by});
	commitQueue(context, `Requeue: ${item.mission.title} ^${missionId}`);
	if (state === 'pending' || state === 'in-progress') return done(`^${missionId} is pending again.`, {missionId});
	const undo = back(missionId, {kind: 'state', state, why, ...(doneOn ? {doneOn} : {})}, by);
	return done(`^${missionId} is pending again.`, {missionId, undo});
}

function stopOne(context: Context, {id, by}: Of<'session.stop'>): Answer {
	const item = findMission(context, id);
	if (isAnswer(item)) return item;
	const missionId = item.mission.id;
	return stopSession(context, missionId, 'park', by)
		? done(`^${missionId} is being stopped; what it did is kept.`, {missionId})
		: refused('NOT_RUNNING', `^${missionId} has no session that runs.`, 'See `pilot-tui status`.');
}

/** A session that can change hands, or why it cannot. */
function inHand(context: Context, id: string): LiveSession | Answer {
	const item = findMission(context, id);
	if (isAnswer(item)) return item;
	const missionId = item.mission.id;
	const entry = context.live.byMission(missionId);
	const {agent} = context;
	if (!entry?.session || ['finishing', 'ended'].includes(entry.session.phase))
		return refused('NOT_RUNNING', `^${missionId} has no session that runs.`, 'See `pilot-tui status`.');
	if (!agent.can.takeOver)
		return refused(
			'CANNOT_TAKE_OVER',
			`A session of the agent ${agent.name} cannot be taken over.`,
			'Attach to it (a), or stop it: x, or `pilot-tui stop ID`.',
		);
	return entry;
}

function takeOver(context: Context, {id, by}: Of<'session.take'>): Answer {
	const entry = inHand(context, id);
	if (isAnswer(entry)) return entry;
	const {missionId} = entry;
	if (entry.taken) return done(`^${missionId} is in a human's hands already.`, {missionId});
	if (entry.session?.phase === 'starting')
		return refused('SESSION_STARTING', `^${missionId} is only just starting.`, 'Try again in a moment.');
	take(context, entry, by);
	return done(`^${missionId} is yours: attach (a) to talk to it; \`pilot-tui hand-back ${missionId}\` gives it back.`, {
		missionId,
	});
}

function giveBack(context: Context, {id, by}: Of<'session.hand-back'>): Answer {
	const entry = inHand(context, id);
	if (isAnswer(entry)) return entry;
	const {missionId} = entry;
	if (!entry.taken)
		return refused('NOT_TAKEN', `^${missionId} is in nobody's hands.`, 'Take it first: `pilot-tui take ID`.');
	handBack(context, entry, `handed back by ${by}`).catch(error => context.log.error(`hand-back: ${String(error)}`));
	return done(`^${missionId} goes on by itself.`, {missionId});
}

function stopPilot({store, live, stops}: Context, {now, by}: Of<'pilot.stop'>): Answer {
	store.emit('pilot.stopping', {now, by});
	const running = live.running();
	if (now) stops.stopAll();
	if (now) for (const {session} of running) session?.stop({outcome: 'lost', why: `the pilot was stopped by ${by}`});
	if (running.length === 0) return done('The pilot is ending.');
	return done(
		now
			? 'The pilot ends its sessions and itself; their missions go on at the next start.'
			: `The pilot ends when what runs has ended (${running.length} running).`,
	);
}

function pasteUsage(context: Context, {text, source}: Of<'usage.paste'>): Answer {
	const windows = readUsageText(context.config, text, context.clock.now(), source);
	if (windows.length === 0)
		return refused('USAGE_UNREADABLE', 'There is no figure in that text.', 'Paste what /usage prints in Claude Code.');
	takeQuota(context, windows);
	return done(windows.map(window => `${window.kind} ${window.usedPercent ?? '?'} %`).join(', '), {data: {windows}});
}

/** Does what a human, a chat or a script asks for; the same words have the same effect from every hand. */
export async function obeyCommand(context: Context, command: Command): Promise<Answer> {
	const {store} = context;
	switch (command.type) {
		case 'mission.add':
			return add(context, command);
		case 'mission.skip':
			return skip(context, command);
		case 'mission.requeue':
			return requeue(context, command);
		case 'mission.move':
			return move(context, command);
		case 'mission.reprioritise':
			return reprioritise(context, command);
		case 'mission.restore':
			return restore(context, command);
		case 'session.stop':
			return stopOne(context, command);
		case 'session.take':
			return takeOver(context, command);
		case 'session.hand-back':
			return giveBack(context, command);
		case 'approval.allow':
			return allow(context, command);
		case 'approval.deny':
			return deny(context, command);
		case 'pilot.stop':
			return stopPilot(context, command);
		case 'pilot.pause':
			if (store.state.paused) return done('The pilot is paused already.');
			store.emit('pilot.paused', {by: command.by});
			return done('Paused: what runs goes on, nothing new starts.');
		case 'pilot.resume':
			store.emit('pilot.resumed', {by: command.by});
			return done('The pilot goes on.');
		case 'usage.paste':
			return pasteUsage(context, command);
		case 'memory.add':
		case 'memory.edit':
		case 'memory.forget':
		case 'memory.restore':
			return changeMemoryBy(context, command);
		case 'pilot.sync': {
			const sync = await context.git?.sync();
			context.queueFile.refresh();
			return sync && sync.kind !== 'synced'
				? refused('SYNC_HELD', sync.why, 'todo' in sync ? sync.todo : 'It is tried again.')
				: done('In sync.');
		}
	}
}
