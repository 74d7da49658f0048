import xterm from '@xterm/headless';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {keepBlankLines} from '../../src/screen/blank-lines.js';

const open = () => new xterm.Terminal({cols: 12, rows: 6, scrollback: 20, allowProposedApi: true});
type Terminal = ReturnType<typeof open>;

const write = (terminal: Terminal, text: string) => new Promise<void>(resolve => terminal.write(text, resolve));

/** Every cell that there is: its character and its two colours. */
function cellsOf(terminal: Terminal): string[] {
	const {active} = terminal.buffer;
	return Array.from({length: active.length}, (_, y) => {
		const line = active.getLine(y);
		const cells = Array.from({length: terminal.cols}, (_cell, x) => {
			const cell = line?.getCell(x);
			return `${cell?.getChars()}/${cell?.getFgColor()}/${cell?.getBgColor()}/${cell?.getBgColorMode()}`;
		});
		return `${line?.isWrapped} ${cells.join(' ')}`;
	});
}

/** What xterm builds a line of its own for: a blank one is taken for the next scroll as long as it fits. */
const inside = (terminal: Terminal) =>
	(terminal as unknown as {_core: {_bufferService: {_cachedBlankLine: unknown}}})._core._bufferService;

const wraps = 'plain \u001b[42mgreen and longer than the row\u001b[0m\r\n';

test('output that wraps within a colour builds a blank line for each background, and not for each line', async () => {
	const terminal = open();
	expect(keepBlankLines(terminal)).toBe(true);
	const seen = new Set<unknown>();
	for (let n = 0; n < 50; n++) {
		await write(terminal, wraps.slice(0, 24));
		seen.add(inside(terminal)._cachedBlankLine);
		await write(terminal, wraps.slice(24));
		seen.add(inside(terminal)._cachedBlankLine);
	}
	expect(seen.size).toBeLessThanOrEqual(3);
});

test('what is on the screen and above it is the same with it as without', async () => {
	const piece = fc.constantFrom(
		...[
			wraps,
			'a\r\n',
			'\n',
			'word ',
			'\u001b[41m',
			'\u001b[44;1m',
			'\u001b[0m',
			'\u001b[7m',
			'\u001b[2;4r',
			'\u001b[r',
		],
		...[
			'\u001b[48;5;200m',
			'\u001b[48;2;1;2;3m',
			'\u001b[5S',
			'\u001b[2T',
			'\u001bM',
			'\u001b[?1049h',
			'\u001b[?1049l',
			'日本',
		],
	);
	await fc.assert(
		fc.asyncProperty(fc.array(piece, {maxLength: 120}), fc.integer({min: 2, max: 30}), async (pieces, cols) => {
			const [plain, kept] = [open(), open()];
			keepBlankLines(kept);
			for (const terminal of [plain, kept]) {
				await write(terminal, pieces.join(''));
				terminal.resize(cols, 5);
				await write(terminal, pieces.toReversed().join(''));
			}
			expect(cellsOf(kept)).toEqual(cellsOf(plain));
		}),
		{numRuns: 150},
	);
});

test('a terminal that is made otherwise is left as it is', () => {
	expect(keepBlankLines({} as Terminal)).toBe(false);
	expect(keepBlankLines({_core: {_bufferService: {}}} as unknown as Terminal)).toBe(false);
});
