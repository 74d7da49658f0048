import {type Cast, countUpTo, durationOf} from './cast.js';
import {type Emulator, openEmulator, written} from './emulator.js';
import {screenSvg} from './screen-svg.js';

/** Plays a recording up to a time, in a terminal of its own. */
export async function screenAt({header, events}: Pick<Cast, 'header' | 'events'>, atMs: number): Promise<Emulator> {
	const terminal = openEmulator({cols: Math.max(2, header.cols), rows: header.rows, scrollback: 200});
	let text = '';
	for (const event of events.slice(0, countUpTo(events, atMs))) {
		if (event.kind === 'output') text += event.text;
		const isResize = event.kind === 'resize';
		if (!isResize && text.length < 1_000_000) continue;
		await written(terminal, text);
		text = '';
		if (isResize) terminal.resize(Math.max(2, event.cols), event.rows);
	}
	await written(terminal, text);
	return terminal;
}

/**
 * What a recording shows, as a picture.
 *
 * @param atMs @default its end
 */
export async function castSvg(
	cast: Pick<Cast, 'header' | 'events'>,
	title: string,
	atMs = durationOf(cast),
): Promise<string> {
	const terminal = await screenAt(cast, atMs);
	const svg = screenSvg(terminal, title);
	terminal.dispose();
	return svg;
}
