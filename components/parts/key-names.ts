import type {Key} from 'ink';

/** More different characters than this at once were not typed. */
const mostTyped = 4;

function special(input: string, key: Key): string | undefined {
	if (key.ctrl) return /^[a-z]$/.test(input) ? `ctrl-${input}` : '';
	if (key.meta && !key.escape) return '';
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.pageUp) return 'pageup';
	if (key.pageDown) return 'pagedown';
	if (key.home) return 'home';
	if (key.end) return 'end';
	if (key.return) return 'return';
	if (key.escape) return 'escape';
	return key.tab ? 'tab' : undefined;
}

/**
 * The names by which the key table knows what was pressed. Keys pressed fast, or held down, arrive as one text; a text
 * that nobody types so fast was pasted into a terminal that does not tell, and is no keys at all.
 */
export function keyNames(input: string, key: Key): string[] {
	const name = special(input, key);
	if (name !== undefined) return [name];
	const characters = [...input];
	if (new Set(characters).size > mostTyped) return [];
	return characters.map(character => (character === '\r' ? 'return' : character === '\t' ? 'tab' : character));
}
