import {limitOf} from '../../domain/config.js';
import {countOf} from '../../domain/count-of.js';
import type {LaunchRequest} from '../agent.js';
import type {Wheel} from '../voice.js';
import {transcriptPathOf} from './hooks.js';
import {createTranscriptReader} from './transcript-file.js';
import {createUsageReader} from './usage.js';

/** Counts what the session uses, from its transcript and its status line, and ends it when it takes too many turns. */
export function createMeter(wheel: Wheel, {config, resume}: LaunchRequest) {
	const reader = createUsageReader();
	const transcript = createTranscriptReader(reader.push);
	const most = config.claude.maxTurns ?? limitOf(config.limits.turnsPerMission);
	let path: string | undefined;
	let turnsBefore = resume ? undefined : 0;
	let costUsd = 0;
	const read = async () => {
		if (!path) return;
		await transcript.read(path);
		turnsBefore ??= reader.usage.turns;
		if (reader.usage.turns - turnsBefore > most && !wheel.hands().taken)
			wheel.stop({outcome: 'overran', why: `more than ${countOf(most, 'turn')}`});
	};
	return {
		look(body: unknown) {
			path = transcriptPathOf(body) ?? path;
			return read();
		},
		spent(usd: number) {
			costUsd = Math.max(costUsd, usd);
		},
		read,
		get usage() {
			return {...reader.usage, costUsd: Math.max(reader.usage.costUsd, costUsd)};
		},
	};
}
