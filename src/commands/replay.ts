import path from 'node:path';
import {type CommandContext, defineCommand} from '../app/define-command.js';
import {colourDepth} from '../app/outer-terminal.js';
import {findReplay, playIdleSeconds, type Replay, squeezed, titleOf} from '../app/replay-find.js';
import {ExitCode, PilotError} from '../domain/pilot-error.js';
import {writeDurably} from '../kernel/files.js';
import {durationOf} from '../screen/cast.js';
import {castText, redactCast} from '../screen/cast-clean.js';
import {playTime} from '../screen/play-time.js';

/** A number given as an option; undefined when it was not given. */
function numberOf({options}: CommandContext, name: string, least: number): number | undefined {
	const text = options[name];
	if (text === undefined) return;
	const value = Number(text);
	if (typeof text === 'string' && text.trim() !== '' && Number.isFinite(value) && value >= least) return value;
	throw new PilotError('NUMBER_INVALID', {
		what: `--${name} ${text} is no number from ${least} up.`,
		todo: `Give one, such as --${name} ${Math.max(least, 2)}.`,
		exitCode: ExitCode.usage,
	});
}

/** Aborted when this process is asked to end. */
function untilAsked(): AbortSignal {
	const asked = new AbortController();
	for (const name of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(name, () => asked.abort());
	return asked.signal;
}

async function exported(replay: Replay, name: string, atSeconds: number | undefined): Promise<string> {
	const cast = redactCast(replay.cast, replay.redact);
	if (name.endsWith('.cast')) return castText(cast);
	if (name.endsWith('.svg')) {
		const {castSvg} = await import('../screen/cast-svg.js');
		return castSvg(cast, titleOf(replay), atSeconds === undefined ? undefined : atSeconds * 1000);
	}
	throw new PilotError('EXPORT_KIND', {
		what: `${name} is neither a recording nor a picture.`,
		todo: 'Name a file that ends with .cast (every asciicast player plays it) or .svg (one screen).',
		exitCode: ExitCode.usage,
	});
}

const jsonOf = ({file, missionId, attempt, cast, markers}: Replay) => ({
	v: 1,
	...{file, missionId, attempt},
	duration: durationOf(cast) / 1000,
	cols: cast.header.cols,
	rows: cast.header.rows,
	damaged: cast.damaged,
	markers: markers.map(({atMs, kind, label}) => ({at: atMs / 1000, kind, label})),
});

function tell({io, json}: CommandContext, replay: Replay) {
	if (json) return io.out(JSON.stringify(jsonOf(replay)));
	const {cast, markers} = replay;
	io.out(
		`${titleOf(replay)}: ${playTime(durationOf(cast))}, ${cast.header.cols} by ${cast.header.rows}: ${replay.file}`,
	);
	if (cast.damaged > 0) io.out(`${cast.damaged} damaged line${cast.damaged === 1 ? '' : 's'} left out`);
	for (const {atMs, kind, label} of markers) io.out(`${playTime(atMs)} ${kind.padEnd(10)} ${label}`);
}

export default defineCommand({
	name: 'replay',
	summary: "Play a session's recording, list what happened in it, or export it.",
	args: [['<id>', 'a mission or a session, such as ^m-4k2p9q']],
	options: [
		['--attempt <n>', 'which attempt of the mission (default: the newest)'],
		['--export <file>', 'write it as FILE.cast, for asciinema and its like, or a screen of it as FILE.svg'],
		['--at <seconds>', 'begin here; with FILE.svg: the screen at this time (default: the last one)'],
		['--speed <x>', 'from 0.25 to 16 (default 1)'],
		['--idle <seconds>', 'make no pause longer than this (default when playing: 2; 0: as they were)'],
	],
	example: 'pilot-tui replay m-4k2p9q --idle 2 --speed 4',
	async run(context) {
		const {args, options, io, json, cwd, env} = context;
		const attempt = numberOf(context, 'attempt', 1);
		const at = numberOf(context, 'at', 0);
		const speed = numberOf(context, 'speed', 0.25);
		const idle = numberOf(context, 'idle', 0);
		const found = findReplay(context.workspace(), {id: args[0] ?? '', attempt}, env);
		const replay = idle === undefined || idle === 0 ? found : squeezed(found, idle);
		if (typeof options.export === 'string') {
			const file = path.resolve(cwd, options.export);
			writeDurably(file, await exported(replay, file, at), {mode: 0o600});
			io.out(json ? JSON.stringify({...jsonOf(replay), exported: file}) : `${titleOf(replay)} is in ${file}.`);
			return ExitCode.fine;
		}
		if (json || !io.isTerminal) {
			tell(context, replay);
			return ExitCode.fine;
		}
		const {playInTerminal} = await import('../app/replay-play.js');
		const played = idle === undefined ? squeezed(found, playIdleSeconds) : replay;
		const depth = colourDepth(io.colour, process.stdout);
		const toPlay = {...played, title: titleOf(replay), atMs: (at ?? 0) * 1000, speed: speed ?? 1, depth};
		await playInTerminal(toPlay, untilAsked());
		return ExitCode.fine;
	},
});
