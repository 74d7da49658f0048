import {createInterface} from 'node:readline/promises';

/** Asks one question on the terminal; what is typed, without blanks around it. Ctrl-C and Ctrl-D are an empty answer. */
export async function askLine(question: string): Promise<string> {
	const lines = createInterface({input: process.stdin, output: process.stdout});
	const over = new AbortController();
	lines.on('close', () => over.abort());
	try {
		return (await lines.question(question, {signal: over.signal})).trim();
	} catch {
		process.stdout.write('\n');
		return '';
	} finally {
		lines.close();
	}
}
