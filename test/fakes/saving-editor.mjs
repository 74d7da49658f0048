// A human's editor: saves the text that it holds every 20 ms, with a new line every third time, until it is told to end by a line on its
// standard input: `node saving-editor.mjs FILE rename|truncate RELOAD`. It reads the file again only every RELOAD saves. At its end it
// prints the number of lines that it wrote.
import {readFileSync, renameSync, writeFileSync} from 'node:fs';

const [file, style, reload] = process.argv.slice(2);

function save(text) {
	if (style === 'truncate') return writeFileSync(file, text);
	writeFileSync(`${file}.new`, text);
	renameSync(`${file}.new`, file);
}

let text = readFileSync(file, 'utf8');
let saves = 0;
let count = 0;
const timer = setInterval(() => {
	if (saves > 0 && saves % Number(reload) === 0) text = readFileSync(file, 'utf8');
	if (saves++ % 3 === 0) text += `Human line ${++count}.\n`;
	save(text);
}, 20);
process.stdout.write('saving\n');
process.stdin.once('data', () => {
	clearInterval(timer);
	process.stdout.write(`${count}\n`);
	process.exit(0);
});
