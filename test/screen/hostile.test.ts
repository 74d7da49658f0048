import {randomBytes} from 'node:crypto';
import {expect, test} from 'vitest';
import {createTerminalScreen} from '../../src/screen/index.js';
import {expectOnlyOurs, openOuter, strangerIn} from './outer.js';

const E = '\u001b';
const ST = `${E}\\`;

/** Name, what an agent prints, and what may be left of it on the screen (undefined = whatever it is, it is harmless). */
const hostile: readonly (readonly [string, string])[] = [
	['title', `${E}]0;evil\u0007`],
	['title, ended by ST', `${E}]2;evil${ST}`],
	['icon name', `${E}]1;evil\u0007`],
	['title from C1', `\u009d0;evil\u009c`],
	['title that never ends', `${E}]0;evil`],
	['title report', `${E}[21t`],
	['icon report', `${E}[20t`],
	['colour of the palette', `${E}]4;1;rgb:ff/00/00\u0007`],
	['question for a colour', `${E}]4;1;?\u0007`],
	['question for the background', `${E}]11;?${ST}`],
	['colour of the text', `${E}]10;#ff0000${ST}`],
	['working directory', `${E}]7;file://evil/etc${ST}`],
	['hyperlink', `${E}]8;;http://evil${ST}click${E}]8;;${ST}`],
	['hyperlink with id', `${E}]8;id=1;file:///etc/passwd\u0007click${E}]8;;\u0007`],
	['notification', `${E}]9;evil\u0007`],
	['progress', `${E}]9;4;1;50\u0007`],
	['notification of urxvt', `${E}]777;notify;evil;evil${ST}`],
	['notification of kitty', `${E}]99;;evil${ST}`],
	['clipboard', `${E}]52;c;ZXZpbA==\u0007`],
	['clipboard, asked for', `${E}]52;c;?${ST}`],
	['clipboard of kitty', `${E}]5522;type=read${ST}`],
	['file of iTerm', `${E}]1337;File=name=ZXZpbA==;inline=1:ZXZpbA==\u0007`],
	['profile of iTerm', `${E}]1337;SetProfile=evil\u0007`],
	['steal focus of iTerm', `${E}]1337;StealFocus\u0007`],
	['marks of shells', `${E}]133;A${ST}`],
	['colour scheme of Linux', `${E}]Pevilevil`],
	['reset of the Linux palette', `${E}]R`],
	['DECRQSS', `${E}P$q"p${ST}`],
	['DECUDK: keys that type', `${E}P1;1|17/6576696c${ST}`],
	['sixel', `${E}Pq#0;2;0;0;0#0~~@@vv@@~~$-${ST}`],
	['termcap question', `${E}P+q544e${ST}`],
	['termcap answer', `${E}P1+r544e=6576696c${ST}`],
	['DCS from C1', `\u0090$q"p\u009c`],
	['DCS of tmux', `${E}Ptmux;${E}${E}]52;c;ZXZpbA==\u0007${ST}`],
	['DCS of screen', `${E}P${E}]52;c;ZXZpbA==\u0007${ST}`],
	['synchronized output of iTerm', `${E}P=1s${ST}`],
	['APC', `${E}_evil${ST}`],
	['APC from C1', `\u009fevil\u009c`],
	['graphics of kitty', `${E}_Ga=T,f=24,s=1,v=1;ZXZpbA==${ST}`],
	['PM', `${E}^evil${ST}`],
	['PM from C1', `\u009eevil\u009c`],
	['SOS', `${E}Xevil${ST}`],
	['SOS from C1', `\u0098evil\u009c`],
	['device attributes', `${E}[c`],
	['second device attributes', `${E}[>c`],
	['third device attributes', `${E}[=c`],
	['version', `${E}[>0q`],
	['answerback', '\u0005'],
	['device status', `${E}[5n`],
	['cursor position', `${E}[6n`],
	['cursor position, DEC', `${E}[?6n`],
	['mode report', `${E}[?2026$p`],
	['size report', `${E}[18t`],
	['size in pixels', `${E}[14t`],
	['checksum of the screen', `${E}[1;1;1;1;5;5*y`],
	['window made small', `${E}[8;1;1t`],
	['window moved', `${E}[3;0;0t`],
	['window minimised', `${E}[2t`],
	['full reset', `${E}c`],
	['soft reset', `${E}[!p`],
	['alternate screen', `${E}[?1049h`],
	['back from the alternate screen', `${E}[?1049l`],
	['mouse', `${E}[?1000h${E}[?1003h${E}[?1006h`],
	['bracketed paste', `${E}[?2004h`],
	['focus reports', `${E}[?1004h`],
	['synchronized output', `${E}[?2026h`],
	['keyboard of kitty', `${E}[>31u`],
	['modifyOtherKeys', `${E}[>4;2m`],
	['application keypad', `${E}=`],
	['cursor hidden', `${E}[?25l`],
	['cursor shape', `${E}[5 q`],
	['origin mode and margins', `${E}[5;10r${E}[?6h`],
	['no wrapping', `${E}[?7l`],
	['132 columns', `${E}[?40h${E}[?3h`],
	['insert mode', `${E}[4h`],
	['echo mode', `${E}[12l`],
	['print screen', `${E}[i`],
	['pass everything to the printer', `${E}[5i`],
	['history cleared', `${E}[3J`],
	['cursor far away', `${E}[9999;9999H`],
	['many scrolls', `${E}[9999S${E}[9999T`],
	['a long repetition', `x${E}[99999b`],
	['line drawing', `${E}(0lqqk`],
	['charset of UTF-8 left', `${E}%@`],
	['C1 switched to eight bits', `${E} G`],
	['CSI from C1', '\u009b31m\u009b2J'],
	['double height', `${E}#3`],
	['alignment test', `${E}#8`],
	['overrides of direction', 'a\u202eb\u202cc\u2066d\u2069e\u200ef\u200fg'],
	['zero width', 'a\u200bb\u2060c\ufeffd\u00ade'],
	['tags', 'a\u{e0041}\u{e007f}b'],
	['line separators', 'a\u2028b\u2029c'],
	['interlinear marks', 'a\ufff9b\ufffac\ufffb'],
	['piled marks', `e${'\u0301'.repeat(50)}`],
	['joined emoji', '👩‍👩‍👧‍👦👍🏽🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
	['a backspace over a wide character', '日\b\bx'],
	['nul and delete', 'a\u0000b\u007fc'],
	['bell', '\u0007\u0007'],
	['shift out', '\u000eabc\u000f'],
	['an unknown sequence', `${E}[?99;99;99~${E}[<1;2;3z`],
	['a sequence with too much in it', `${E}[${'1;'.repeat(500)}m`],
	['escapes in escapes', `${E}${E}[${E}]0;${E}[31m${E}\\`],
	['lone surrogates', 'a\ud800b\udc00c'],
];

test('there are more than sixty of them', () => {
	expect(hostile.length).toBeGreaterThanOrEqual(60);
});

test.each(hostile)('%s: split at every byte, only text, colours and our own moves come through', (_name, text) => {
	const outer = openOuter(40, 8);
	const data = Buffer.from(text.toWellFormed(), 'utf8');
	for (let at = 0; at <= Math.min(data.length, 120); at++) {
		const screen = createTerminalScreen({cols: 30, rows: 5, scrollback: 10});
		screen.write(Buffer.from('before '));
		screen.write(data.subarray(0, at));
		expectOnlyOurs(outer.show(screen));
		screen.write(data.subarray(at));
		screen.write(Buffer.from(' after'));
		expectOnlyOurs(outer.show(screen));
		screen.dispose();
	}
	outer.compositor.end();
});

test('bytes that are no UTF-8 are as harmless', () => {
	const outer = openOuter(40, 8);
	for (const raw of ['9b324a', '9d303b65766907', 'c080', 'eda080', 'f8888080', '90715c', 'c29b326a', 'ff', 'c2']) {
		const screen = createTerminalScreen({cols: 30, rows: 5, scrollback: 10});
		screen.write(Buffer.concat([Buffer.from('a'), Buffer.from(raw, 'hex'), Buffer.from('b')]));
		expectOnlyOurs(outer.show(screen));
		screen.dispose();
	}
});

test('a million random bytes', () => {
	const outer = openOuter(120, 40);
	const screen = createTerminalScreen({cols: 100, rows: 30, scrollback: 100});
	for (let sent = 0; sent < 1_000_000; sent += 2000) {
		screen.write(randomBytes(2000));
		const output = outer.show(screen);
		if (strangerIn(output) !== undefined) expect(strangerIn(output)).toBeUndefined();
	}
	screen.dispose();
});

test('the check itself finds what it is there to find', () => {
	for (const bad of [
		`${E}]0;x\u0007`,
		`${E}[?1049h`,
		'a\u0007',
		'\u009b',
		`${E}[6n`,
		'a\u202eb',
		`${E}c`,
		'\ud800',
		'a\nb',
	])
		expect(strangerIn(bad)).toBeDefined();
	expect(strangerIn(`${E}[?2026h${E}[1;1H${E}[1;38;5;1mäöü日${E}[0m${E}[5X${E}[?25l${E}[?2026l`)).toBeUndefined();
});

test('queries are answered to the program and never to anybody else', () => {
	const screen = createTerminalScreen({cols: 30, rows: 5, scrollback: 10});
	const replies: string[] = [];
	screen.onReply(text => replies.push(text));
	for (const query of [`${E}[c`, `${E}[>c`, `${E}[5n`, `${E}[6n`, `${E}[?2026$p`, `${E}[?u`, `${E}[>q`, `${E}[18t`])
		screen.write(Buffer.from(query));
	expect(replies).toEqual([
		`${E}[?1;2c`,
		expect.stringMatching(/^\u001b\[>[\d;]+c$/),
		`${E}[0n`,
		`${E}[1;1R`,
		expect.stringMatching(/^\u001b\[\?2026;\d\$y$/),
		`${E}[?0u`,
		`${E}P>|pilot-tui${E}\\`,
		`${E}[8;5;30t`,
	]);
	screen.dispose();
});

/** What a program hears after it has printed something. */
async function heardAfter(text: string): Promise<string[]> {
	const screen = createTerminalScreen({cols: 30, rows: 5, scrollback: 10});
	const replies: string[] = [];
	screen.onReply(reply => replies.push(reply));
	await new Promise<void>(resolve => screen.write(Buffer.from(text), resolve));
	screen.dispose();
	return replies;
}

test.each([
	['the background', `${E}]11;?${ST}`, `${E}]11;rgb:1414/1616/1b1b${ST}`],
	['the text, ended by BEL', `${E}]10;?\u0007`, `${E}]10;rgb:d7d7/dada/e0e0${ST}`],
	['the cursor', `${E}]12;?${ST}`, `${E}]12;rgb:d7d7/dada/e0e0${ST}`],
	['text and background at once', `${E}]10;?;?${ST}`, `${E}]10;rgb:d7d7/dada/e0e0${ST}${E}]11;rgb:1414/1616/1b1b${ST}`],
	['a colour of the palette', `${E}]4;1;?${ST}`, `${E}]4;1;rgb:e0e0/6c6c/7575${ST}`],
	['two of them', `${E}]4;16;?;255;?${ST}`, `${E}]4;16;rgb:0000/0000/0000${ST}${E}]4;255;rgb:eeee/eeee/eeee${ST}`],
	['one of them, one set', `${E}]4;1;#ffffff;2;?${ST}`, `${E}]4;2;rgb:9898/c3c3/7979${ST}`],
	['the background after it was set', `${E}]11;#ffffff${ST}${E}]11;?${ST}`, `${E}]11;rgb:1414/1616/1b1b${ST}`],
])('a program that asks for %s hears of it', async (_name, query, answer) => {
	expect(await heardAfter(query)).toEqual([answer]);
});

test.each([
	`${E}]11;#ff0000${ST}`,
	`${E}]4;1;rgb:ff/00/00${ST}`,
	`${E}]4;256;?${ST}`,
	`${E}]4;-1;?${ST}`,
	`${E}]4;1e2;?${ST}`,
	`${E}]4;?${ST}`,
	`${E}]4;;?${ST}`,
	`${E}]13;?${ST}`,
	`${E}]11;?`,
	`${E}]11;??${ST}`,
	`${E}]104${ST}${E}]110${ST}${E}]111${ST}`,
])('no answer to %j', async text => {
	expect(await heardAfter(text)).toEqual([]);
});

test('one question for everything, many times over, has an answer for each colour once', async () => {
	const everything = Array.from({length: 300_000}, (_, n) => `${n % 256};?`).join(';');
	const heard = (await heardAfter(`${E}]4;${everything}${ST}`)).join('');
	expect(heard.match(/rgb:/g)?.length).toBe(256);
	expect(heard).toMatch(/^(?:\u001b\]4;\d{1,3};rgb:(?:[\da-f]{4}\/){2}[\da-f]{4}\u001b\\)+$/);
	expect((await heardAfter(`${E}]10;${'?;'.repeat(100_000)}?${ST}`)).join('').match(/rgb:/g)).toHaveLength(3);
});

test('a flood is parsed at 20 MB a second and more', async () => {
	const screen = createTerminalScreen({cols: 100, rows: 30, scrollback: 10_000});
	const line = `${E}[1m●${E}[0m ${E}[32mUpdate${E}[0m(src/index.ts) ${'x'.repeat(30)} ${E}[38;5;99m+12${E}[0m\r\n`;
	const piece = Buffer.from(line.repeat(Math.ceil(65_536 / line.length)));
	const pieces = Math.ceil(20_000_000 / piece.length);
	const started = performance.now();
	for (let n = 0; n < pieces; n++) await new Promise<void>(resolve => screen.write(piece, resolve));
	const rate = (pieces * piece.length) / 1000 / (performance.now() - started);
	screen.dispose();
	console.log(`${rate.toFixed(0)} MB a second`);
	// Other tests run beside this one.
	expect(rate).toBeGreaterThan(process.env.CI ? 8 : 20);
});

test('marks without end on one character stay few, on the screen and in what is written', async () => {
	const outer = openOuter(40, 8);
	const screen = createTerminalScreen({cols: 30, rows: 5, scrollback: 10});
	const before = process.memoryUsage().heapUsed;
	screen.write(Buffer.from('a'));
	for (let n = 0; n < 200; n++)
		await new Promise<void>(resolve => screen.write(Buffer.from('\u0301'.repeat(50_000)), resolve));
	screen.write(Buffer.from('b'));
	const output = outer.show(screen);
	expectOnlyOurs(output);
	expect(output.length).toBeLessThan(2000);
	expect(screen.visibleRows()[0]).toMatch(/^a\u0301{1,20}b$/);
	expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(100);
	screen.dispose();
});
