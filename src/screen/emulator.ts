import unicode from '@xterm/addon-unicode11';
import xterm, {type IBufferCell} from '@xterm/headless';

/** A terminal without a window, for those who read all of its cells and its state. */
export function openEmulator({cols, rows, scrollback}: {cols: number; rows: number; scrollback: number}) {
	const terminal = new xterm.Terminal({cols, rows, scrollback, allowProposedApi: true, logLevel: 'off'});
	terminal.loadAddon(new unicode.Unicode11Addon());
	terminal.unicode.activeVersion = '11';
	return terminal;
}

export type Emulator = ReturnType<typeof openEmulator>;

/** Resolves when the text is on the screen. */
export const written = (terminal: Pick<Emulator, 'write'>, text: string): Promise<void> =>
	new Promise(resolve => terminal.write(text, resolve));

function colour(cell: IBufferCell, of: 'Fg' | 'Bg'): string {
	const base = of === 'Fg' ? 38 : 48;
	const value = cell[`get${of}Color`]();
	if (cell[`is${of}RGB`]()) return `${base};2;${(value >> 16) & 255};${(value >> 8) & 255};${value & 255}`;
	return cell[`is${of}Palette`]() ? `${base};5;${value}` : '';
}

const flags = [
	['isBold', '1'],
	['isDim', '2'],
	['isItalic', '3'],
	['isUnderline', '4'],
	['isBlink', '5'],
	['isInverse', '7'],
	['isInvisible', '8'],
	['isStrikethrough', '9'],
	['isOverline', '53'],
] as const;

/** How a cell looks, as SGR parameters; '' for plain. */
export function cellStyle(cell: IBufferCell): string {
	if (cell.isAttributeDefault()) return '';
	const set = flags.filter(([name]) => cell[name]()).map(([, code]) => code);
	return [...set, colour(cell, 'Fg'), colour(cell, 'Bg')].filter(Boolean).join(';');
}
