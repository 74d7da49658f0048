import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {loadSecrets} from '../config/index.js';
import type {PilotEvent} from '../domain/event.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import {readLog} from '../kernel/event-log.js';
import {createRedactor, type Redactor} from '../kernel/redact.js';
import {type Cast, readCast, squeeze, squeezer} from '../screen/cast.js';
import {type Marker, notesOfFacts, timeline} from '../screen/timeline.js';
import {notesOfStream} from './stream-notes.js';

/** A recording that was found, and what happened in it. */
export interface Replay {
	readonly file: string;
	readonly missionId: string;
	readonly attempt: number;
	readonly cast: Cast;
	readonly markers: readonly Marker[];
	/** Takes out what is secret by now. */
	readonly redact: Redactor;
}

interface Run {
	readonly missionId: string;
	readonly attempt: number;
}

const recording = 'session.cast';

const factsOf = (pilotDir: string): PilotEvent[] =>
	['events.ndjson.1', 'events.ndjson'].flatMap(name => readLog(path.join(pilotDir, name)).events);

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);

/** Attempts of a mission that were recorded, oldest first. */
const attemptsOf = (pilotDir: string, missionId: string): number[] =>
	namesIn(path.join(pilotDir, 'runs', missionId))
		.filter(name => /^\d+$/.test(name) && existsSync(path.join(pilotDir, 'runs', missionId, name, recording)))
		.map(Number)
		.sort((a, b) => a - b);

const missionsWith = (pilotDir: string) =>
	namesIn(path.join(pilotDir, 'runs')).filter(name => attemptsOf(pilotDir, name).length > 0);

function missing(pilotDir: string, what: string): PilotError {
	const others = missionsWith(pilotDir).slice(-10);
	const todo =
		others.length > 0
			? `There are recordings of: ${others.map(id => `^${id}`).join(', ')}.`
			: 'Sessions are recorded while they run; nothing has been recorded here yet.';
	return new PilotError('REPLAY_MISSING', {what, todo});
}

/** The attempt that is meant by a session, or by a mission: the newest one of it. */
function findRun(pilotDir: string, facts: readonly PilotEvent[], id: string, wanted: number | undefined): Run {
	const session = facts.findLast(fact => fact.type === 'session.started' && fact.data.sessionId === id);
	if (session?.type === 'session.started') return session.data;
	if (!/^m-[0-9a-z]{1,32}$/.test(id))
		throw missing(pilotDir, `${id || 'That'} is neither a mission nor a session that is known here.`);
	const attempts = attemptsOf(pilotDir, id);
	const attempt = wanted ?? attempts.at(-1);
	if (attempt !== undefined && attempts.includes(attempt)) return {missionId: id, attempt};
	if (attempts.length === 0) throw missing(pilotDir, `There is no recording of ^${id}.`);
	throw new PilotError('REPLAY_ATTEMPT_MISSING', {
		what: `There is no recording of attempt ${wanted} of ^${id}.`,
		todo: `There is one of: ${attempts.join(', ')}.`,
		exitCode: ExitCode.usage,
	});
}

function readRecording(file: string): Cast {
	try {
		return readCast(file);
	} catch (cause) {
		throw new PilotError('REPLAY_UNREADABLE', {
			what: `${file} cannot be read.`,
			todo: 'Look at its owner and mode; the recording is only for whoever ran the pilot.',
			cause,
		});
	}
}

/** Finds and reads a recording; no pilot needs to run. Throws REPLAY_MISSING, REPLAY_ATTEMPT_MISSING, REPLAY_UNREADABLE. */
export function findReplay(
	workspace: string,
	wanted: {id: string; attempt: number | undefined},
	env: Readonly<Record<string, string | undefined>>,
): Replay {
	const pilotDir = path.join(workspace, '.pilot');
	const facts = factsOf(pilotDir);
	const run = findRun(pilotDir, facts, wanted.id.replace(/^\^/, ''), wanted.attempt);
	const folder = path.join(pilotDir, 'runs', run.missionId, String(run.attempt));
	const file = path.join(folder, recording);
	if (!existsSync(file)) throw missing(pilotDir, `There is no recording of ^${run.missionId}, attempt ${run.attempt}.`);
	const cast = readRecording(file);
	const redact = createRedactor(loadSecrets(workspace, env).values);
	const notes = [...notesOfFacts(facts, run), ...notesOfStream(path.join(folder, 'stream.jsonl'))];
	const markers = timeline(cast, notes).map(marker => ({...marker, label: redact(marker.label)}));
	return {file, missionId: run.missionId, attempt: run.attempt, cast, markers, redact};
}

/** Played, no pause is longer than this, unless somebody asks for it. */
export const playIdleSeconds = 2;

/** The same recording with no pause longer than this; its markers move with it. */
export function squeezed(replay: Replay, idleSeconds: number): Replay {
	const at = squeezer(replay.cast.events, idleSeconds);
	return {
		...replay,
		cast: {...replay.cast, events: squeeze(replay.cast.events, idleSeconds)},
		markers: replay.markers.map(marker => ({...marker, atMs: at(marker.atMs)})),
	};
}

export const titleOf = ({missionId, attempt}: Replay) => `^${missionId}, attempt ${attempt}`;
