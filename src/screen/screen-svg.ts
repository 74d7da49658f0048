import type {IBufferCell, IBufferLine} from '@xterm/headless';
import type {Emulator} from './emulator.js';
import {background, foreground, hex, paletteColour} from './palette.js';

const cellWidth = 8.4;
const cellHeight = 18;
const padding = 14;

function colour(cell: IBufferCell, of: 'Fg' | 'Bg', fallback: string): string {
	const value = cell[`get${of}Color`]();
	if (cell[`is${of}RGB`]()) return hex(value);
	return cell[`is${of}Palette`]() ? paletteColour(value) : fallback;
}

interface Style {
	readonly fill: string;
	readonly back: string;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly underline: boolean;
	readonly italic: boolean;
}

function styleOf(cell: IBufferCell): Style {
	let fill = colour(cell, 'Fg', foreground);
	let back = colour(cell, 'Bg', background);
	if (cell.isInverse()) [fill, back] = [back, fill];
	return {
		fill,
		back,
		bold: Boolean(cell.isBold()),
		dim: Boolean(cell.isDim()),
		underline: Boolean(cell.isUnderline()),
		italic: Boolean(cell.isItalic()),
	};
}

const same = (a: Style, b: Style) => (Object.keys(a) as (keyof Style)[]).every(key => a[key] === b[key]);

/** What XML cannot hold, escaped or not. */
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string) =>
	text
		.toWellFormed()
		.replaceAll(notXml, ' ')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');

/** Neighbouring cells of one look. */
interface Run {
	readonly x: number;
	text: string;
	cells: number;
	readonly style: Style;
	readonly odd: boolean;
}

/** Cells of one look put together, so that a row becomes a few pieces of text. */
function runsOf(line: IBufferLine, cols: number): Run[] {
	const runs: Run[] = [];
	for (let x = 0; x < cols; x++) {
		const cell = line.getCell(x);
		if (!cell || cell.getWidth() === 0) continue;
		const style = styleOf(cell);
		const text = (cell.isInvisible() ? '' : cell.getChars()) || ' ';
		const last = runs.at(-1);
		// A wide or odd character starts a piece of its own, so that fonts cannot shift what follows.
		const odd = !/^[\x20-\x7e]$/.test(text);
		if (last && !odd && !last.odd && same(last.style, style)) {
			last.text += text;
			last.cells += cell.getWidth();
		} else runs.push({x, text, cells: cell.getWidth(), style, odd});
	}
	return runs;
}

function renderRun({x, text, cells, style}: Run, y: number): string {
	const left = padding + x * cellWidth;
	const box =
		style.back === background
			? ''
			: `<rect x="${left.toFixed(1)}" y="${padding + y * cellHeight}" width="${(cells * cellWidth).toFixed(1)}" height="${cellHeight}" fill="${style.back}"/>`;
	if (text.trim() === '') return box;
	const marks = [
		style.bold && 'font-weight="bold"',
		style.italic && 'font-style="italic"',
		style.underline && 'text-decoration="underline"',
		style.dim && 'opacity="0.62"',
	]
		.filter(Boolean)
		.join(' ');
	return `${box}<text x="${left.toFixed(1)}" y="${padding + y * cellHeight + 13}" textLength="${(cells * cellWidth).toFixed(1)}" fill="${style.fill}" ${marks}>${escaped(text)}</text>`;
}

/** What a terminal shows, as a picture. */
export function screenSvg(terminal: Pick<Emulator, 'cols' | 'rows' | 'buffer'>, title: string): string {
	const {cols, rows} = terminal;
	const buffer = terminal.buffer.active;
	const body = Array.from({length: rows}, (_, y) => {
		const line = buffer.getLine(buffer.baseY + y);
		return line
			? runsOf(line, cols)
					.map(run => renderRun(run, y))
					.join('')
			: '';
	});
	const width = Math.ceil(cols * cellWidth + padding * 2);
	const height = rows * cellHeight + padding * 2;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve"><title>${escaped(title)}</title><rect width="100%" height="100%" rx="8" fill="${background}"/>${body.filter(Boolean).join('\n')}</svg>\n`;
}
