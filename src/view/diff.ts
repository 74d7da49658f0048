/** What a line of a diff is. */
export interface DiffLine {
	readonly kind: 'file' | 'about' | 'place' | 'added' | 'removed' | 'same';
	readonly text: string;
}

interface DiffFile {
	readonly name: string;
	added: number;
	removed: number;
}

function nameOf(line: string): string {
	const [, one, other] = /^diff --git a\/(.+) b\/(.+)$/.exec(line) ?? [];
	if (one === undefined || other === undefined) return line;
	return one === other ? one : `${one} → ${other}`;
}

const kinds: Readonly<Record<string, DiffLine['kind']>> = {'+': 'added', '-': 'removed'};

/** Only what stands below a place is a change: a line that was `-- x` is taken away as `--- x`. */
function* changes(lines: readonly string[]): Generator<DiffLine> {
	let isInside = false;
	for (const line of lines) {
		if (line.startsWith('diff ')) {
			isInside = false;
			yield {kind: 'file', text: nameOf(line)};
		} else if (line.startsWith('@@')) {
			isInside = true;
			yield {kind: 'place', text: line};
		} else yield {kind: isInside ? (kinds[line[0] ?? ''] ?? 'same') : 'about', text: line};
	}
}

const size = ({added, removed}: DiffFile) => `+${added} -${removed}`;

/** A diff by file: each file's name with what came and went; where there are several, all of them first. */
export function diffLines(lines: readonly string[]): DiffLine[] {
	const all = [...changes(lines)];
	const files: DiffFile[] = [];
	for (const {kind, text} of all) {
		if (kind === 'file') files.push({name: text, added: 0, removed: 0});
		const file = files.at(-1);
		if (file && kind === 'added') file.added++;
		if (file && kind === 'removed') file.removed++;
	}
	let at = 0;
	const named = all.map(line => {
		if (line.kind !== 'file') return line;
		const file = files[at++];
		return file ? {...line, text: `${file.name}  ${size(file)}`} : line;
	});
	if (files.length < 2) return named;
	const cells = Math.max(...files.map(file => size(file).length));
	return [
		...files.map(file => ({kind: 'about' as const, text: `${size(file).padStart(cells)}  ${file.name}`})),
		{kind: 'about', text: ''},
		...named,
	];
}
