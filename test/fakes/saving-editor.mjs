// A human's editor: adds a line to the text that it holds and saves it, every 20 ms, until it is told to end by a line on its standard
// input: `node saving-editor.mjs FILE rename|truncate RELOAD`. It reads the file again only every RELOAD saves. At its end it prints the
// number of lines that it wrote.
import {readFileSync, renameSync, writeFileSync} from 'node:fs';

const [file, style, reload] = process.argv.slice(2);

function save(text) {
	if (style === 'truncate') return writeFileSync(file, text);
	writeFileSync(`${file}.new`, text);
	renameSync(`${file}.new`, file);
}

let text = readFileSync(file, 'utf8');
let count = 0;
const timer = setInterval(() => {
	if (count > 0 && count % Number(reload) === 0) text = readFileSync(file, 'utf8');
	text += `Human line ${++count}.\n`;
	save(text);
}, 20);
process.stdout.write('saving\n');
process.stdin.once('data', () => {
	clearInterval(timer);
	process.stdout.write(`${count}\n`);
	process.exit(0);
});
