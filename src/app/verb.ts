/** The verb and everything else; global options may stand before it. Without one it is the dashboard. */
export function splitVerb(argv: readonly string[]): {verb: string; rest: string[]} {
	for (let index = 0; index < argv.length; index++) {
		const word = argv[index] ?? '';
		if (word === '--workspace') index++;
		else if (!word.startsWith('-')) return {verb: word, rest: argv.toSpliced(index, 1)};
	}
	return {verb: 'dashboard', rest: [...argv]};
}
