import path from 'node:path';
import type {Run} from '../../domain/state.js';
import {breathe} from '../../kernel/breathe.js';
import {editFile, writePrivately} from '../../kernel/files.js';
import {
	addNotes,
	appendEntry,
	entryMark,
	localTime,
	type MemoryNote,
	memoryFile,
	renderEntry,
} from '../../notes/index.js';
import type {Context, Performer} from '../context.js';
import {runDirOf} from './run-dir.js';

/** Puts the report where the journal points to; the last words stand in for one that was not given, marked so. */
function writeReport(context: Context, run: Run): string | undefined {
	const words = run.ended?.lastWords ?? '';
	const excuse = context.agent.can.report
		? 'The session gave no report when it was asked.'
		: 'This agent has no way to report.';
	const text =
		run.report?.report || run.report?.summary || (words && `> ${excuse} These are its last words.\n\n${words}`);
	if (!text) return;
	const file = path.join(runDirOf(context, run), 'report.md');
	writePrivately(file, `${context.redact(text).trim()}\n`);
	return path.relative(context.workspace, file);
}

function notesOf(run: Run, day: string): MemoryNote[] {
	const {missionId, mission, report, noted, conclusion} = run;
	const from = {missionId, day};
	return [
		...(report?.learnings ?? []).map(text => ({...from, kind: 'learning' as const, text})),
		...(report?.preferences ?? []).map(text => ({...from, kind: 'preference' as const, text})),
		...noted.map(note => ({...from, ...note})),
		{...from, kind: 'summary', text: `${conclusion?.state}: ${mission.title}: ${conclusion?.summary}`},
	];
}

async function writeMemory({workspace, redact}: Context, notes: readonly MemoryNote[]) {
	for (const kind of ['learning', 'preference', 'summary'] as const) {
		const fresh = notes.filter(note => note.kind === kind).map(note => ({...note, text: redact(note.text)}));
		if (fresh.length === 0) continue;
		await breathe();
		editFile(path.join(workspace, memoryFile(kind)), bytes => addNotes(bytes, kind, fresh));
	}
}

/** Writes the end of a mission into journal, memory and missions.md. Each of them once, however often this is tried. */
export const record: Performer = async (context, run) => {
	const {workspace, config, clock, redact, queueFile, store} = context;
	const {missionId, attempt, conclusion} = run;
	// The time of its end, not of this writing: what is written again after a crash must find what is there.
	const endedAt = store.state.outcomes[missionId]?.at;
	const {day, time} = localTime(endedAt ? Date.parse(endedAt) : clock.now(), config.timezone);
	const reportPath = writeReport(context, run);
	const entry = redact(renderEntry({run, time, reportPath}));
	await breathe();
	editFile(path.join(workspace, 'journal', `${day}.md`), bytes =>
		appendEntry(bytes, entry, entryMark(missionId, attempt), day),
	);
	await writeMemory(context, notesOf(run, day));
	await breathe();
	const state = conclusion?.state ?? 'failed';
	queueFile.edit([{op: 'mark', id: missionId, state, ...(state === 'done' ? {doneOn: day} : {})}]);
	await breathe();
	store.emit('mission.recorded', {missionId, attempt});
};
