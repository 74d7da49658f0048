import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {PilotEvent} from '../../src/domain/event.js';
import {encodeRecord} from '../../src/kernel/event-log.js';
import {createRedactor} from '../../src/kernel/redact.js';
import {createRecorder, type Recorder} from '../../src/screen/recording.js';

export const recordedMs = Date.UTC(2026, 0, 30, 12);

/** Records what `session` prints, at the times it says, in no time. */
export function record(
	file: string,
	session: (recorder: Recorder, tick: (ms: number) => void) => void,
	{cols = 80, rows = 24, startMs = recordedMs, secrets = [] as readonly string[]} = {},
) {
	let nowMs = startMs;
	let due: (() => void) | undefined;
	const clock = {
		now: () => nowMs,
		at(_atMs: number, run: () => void) {
			due = run;
			return () => {
				due = undefined;
			};
		},
	};
	const recorder = createRecorder({file, cols, rows, clock, redact: createRedactor(secrets), convertEol: true});
	session(recorder, ms => {
		nowMs += ms;
		due?.();
	});
	recorder.end();
}

export const castOf = (workspace: string, missionId: string, attempt: number) =>
	path.join(workspace, '.pilot', 'runs', missionId, String(attempt), 'session.cast');

/** Facts of a log, `[seconds after the recording began, type, data]`. */
export function writeFacts(workspace: string, facts: readonly (readonly [number, string, object])[]) {
	mkdirSync(path.join(workspace, '.pilot'), {recursive: true});
	const lines = facts.map(([seconds, type, data], index) =>
		encodeRecord(
			PilotEvent.parse({seq: index + 1, at: new Date(recordedMs + seconds * 1000).toISOString(), type, data}),
		),
	);
	writeFileSync(path.join(workspace, '.pilot', 'events.ndjson'), lines.join(''));
}
