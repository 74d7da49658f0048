// What stands in a pane, compared with what its program printed: nothing that shows less than it should may win.
import {agentLine, end} from './child.mjs';
import {openTerminal} from './terminal.mjs';

/** Cells of a row that can be seen, with their colours: `text` for people, `cells` for comparing. */
function rowOf(line, {x, cols}) {
	let text = '';
	let cells = '';
	for (let column = x; column < x + cols; column++) {
		const cell = line?.getCell(column);
		const characters = cell?.getChars() || ' ';
		text += characters;
		const ground = cell ? `${cell.getBgColorMode()}:${cell.getBgColor()}` : '0:-1';
		const ink = characters === ' ' ? '' : `${cell.getFgColorMode()}:${cell.getFgColor()}`;
		cells += `${characters}${ink}/${ground} `;
	}
	return {text: text.trimEnd(), cells};
}

export const pictureOf = (screen, rect) =>
	Array.from({length: rect.rows}, (_, y) => rowOf(screen.line(rect.y + y), rect));

/** The screen that the last part of a program's output leaves in a pane of this size. */
function pictureAfter(output, {cols, rows}) {
	const screen = openTerminal({cols, rows});
	screen.write(output);
	return pictureOf(screen, {x: 0, y: 0, cols, rows});
}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Asks again for a while: a picture may be on its way. */
async function eventually(problem, longestMs = 3000) {
	const untilMs = performance.now() + longestMs;
	let found = problem();
	while (found && performance.now() < untilMs) {
		await sleep(30);
		found = problem();
	}
	if (found) throw new Error(found);
}

/** The pane of a flood that is over shows what its program printed last, in its colours. */
export function checkEnd(world, index, lastLines) {
	const rect = world.panes()[index];
	const expected = pictureAfter(`${lastLines.join('')}\r\n${end}\r\n`, rect);
	return eventually(() => {
		const shown = pictureOf(world.screen, rect);
		const wrong = shown.findIndex((row, y) => row.cells !== expected[y].cells);
		if (wrong === -1) return '';
		return `${world.name}: pane ${index} shows "${shown[wrong].text}" where "${expected[wrong].text}" belongs`;
	});
}

const withoutBlanks = text => text.replaceAll(/\s+/g, '');
const plain = text => text.replaceAll(/\u001b\[[\d;]*m/g, '');

/** What a pane that is streamed into shows is an unbroken part of the stream, and fills the pane. */
export function checkStream(world, index) {
	const rect = world.panes()[index];
	return eventually(() => {
		const rows = pictureOf(world.screen, rect).map(row => row.text);
		const shown = withoutBlanks(rows.join(''));
		const first = Number(/line(\d+):\+/.exec(shown)?.[1] ?? -1);
		const around = Array.from({length: rect.rows * 2 + 2}, (_, n) => agentLine(Math.max(0, first - 2) + n));
		const isPart = first >= 0 && withoutBlanks(plain(around.join(''))).includes(shown);
		const filled = rows.filter(row => row !== '').length;
		return isPart && filled >= rect.rows - 3 ? '' : `${world.name}: pane ${index} is broken:\n${rows.join('\n')}`;
	});
}

/** A text stands in a pane. */
export const checkText = (world, index, text) =>
	eventually(() => {
		const rows = pictureOf(world.screen, world.panes()[index]).map(row => row.text);
		return rows.some(row => row.includes(text)) ? '' : `${world.name}: no "${text}" in pane ${index}`;
	});
