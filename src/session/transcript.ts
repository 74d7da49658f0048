import type {AgentFact} from './agent.js';

const dim = (text: string) => `\u001b[2m${text}\u001b[0m`;
const bold = (text: string) => `\u001b[1m${text}\u001b[0m`;
const tinted = (colour: 31 | 32 | 33 | 36, text: string) => `\u001b[${colour}m${text}\u001b[0m`;

const foldedLines = 3;

/** Text from an agent as plain lines: what is not printable is left out, tabs become blanks. */
const plain = (text: string) =>
	text.replaceAll('\t', '    ').replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');

const indented = (text: string, by: string) => text.split('\n').join(`\n${by}`);

const oneLine = (text: string, most: number) => {
	const line = plain(text.slice(0, most * 4))
		.replaceAll('\n', ' ⏎ ')
		.trim();
	return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};

function folded(text: string): string {
	const lines = plain(text).trimEnd().split('\n');
	if (lines.length === 1 && lines[0] === '') return '(no output)';
	const shown = lines.slice(0, foldedLines).map(line => (line.length > 300 ? `${line.slice(0, 299)}…` : line));
	const more = lines.length - shown.length;
	return [...shown, ...(more > 0 ? [`… ${more} more lines`] : [])].join('\n');
}

const toolName = (name: string) => oneLine(name.replace(/^mcp__pilot__/, 'pilot: '), 80);

export interface Transcript {
	/** What to print for a fact; '' for none. */
	render(fact: AgentFact): string;
}

/** Turns the facts of a headless session into what a human reads in its pane: text as it comes, tools and results folded. */
export function createTranscript(): Transcript {
	let streaming = false;
	const endStream = () => {
		if (!streaming) return '';
		streaming = false;
		return '\n\n';
	};
	const line = (text: string) => `${endStream()}${text}\n`;
	return {
		render(fact) {
			switch (fact.kind) {
				case 'init':
					return line(dim(`${oneLine(fact.model, 80)} · session ${oneLine(fact.agentSessionId.slice(0, 8), 8)}`));
				case 'delta': {
					const start = streaming ? '' : `${bold('●')} `;
					streaming = true;
					return start + indented(plain(fact.text), '  ');
				}
				case 'text':
					// With partial messages the text has been on the screen already, piece by piece.
					return streaming ? endStream() : `${bold('●')} ${indented(plain(fact.text), '  ')}\n\n`;
				case 'tool':
					return line(`${tinted(36, '▸')} ${bold(toolName(fact.name))} ${oneLine(fact.about, 300)}`);
				case 'tool-result':
					return `${line(`  ${fact.ok ? dim('└') : tinted(31, '└ failed')} ${dim(indented(folded(fact.text), '    '))}`)}\n`;
				case 'denied':
					return line(`${tinted(33, '⊘')} ${toolName(fact.tool)} refused: ${oneLine(fact.why, 200)}`);
				case 'retry':
					return line(
						tinted(
							33,
							`↻ ${oneLine(fact.why, 200)}: try ${fact.attempt} of ${fact.most} in ${Math.round(fact.delayMs / 1000)} s`,
						),
					);
				case 'trouble':
					return line(tinted(31, `✗ ${oneLine(fact.code, 80)}`));
				case 'result':
					return fact.result.isError
						? line(tinted(31, `✗ ${oneLine(fact.result.text || fact.result.terminalReason, 300)}`))
						: line(dim(`✓ ${fact.result.turns} turns`));
				case 'noise':
					return line(dim(oneLine(fact.text, 500)));
				case 'quota':
					return '';
			}
		},
	};
}
