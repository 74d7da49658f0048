import {Box} from 'ink';
import TextInput from 'ink-text-input';
import type {MemoryEntry} from '../../src/domain/memory.js';
import {originOf} from '../../src/view/memory-acts.js';
import {plainText, plainTyped} from '../../src/view/plain-text.js';
import Line from './Line.js';

/** Of the line that is selected, in full, or typed anew. */
export const fullRows = 4;

/** `text` is what was typed; `pastes` counts them, as an input's cursor is where its first text ends. */
export type Doing = {
	readonly what: 'list' | 'edit' | 'add' | 'forget' | 'preview';
	readonly text: string;
	readonly pastes: number;
};

export const isTyped = ({what}: Doing) => what === 'edit' || what === 'add';
export const listing: Doing = {what: 'list', text: '', pastes: 0};

function fullText(entry: MemoryEntry): string {
	const origin = originOf(entry);
	return origin === '' ? entry.text : `${entry.text} (${origin})`;
}

interface FullProps {
	readonly entry: MemoryEntry | undefined;
	readonly doing: Doing;
	readonly change: (doing: Doing) => void;
	readonly submit: (typed: string) => void;
}

/** The line that is selected, in full, or what is typed. */
export default function MemoryFull({entry, doing, change, submit}: FullProps) {
	const {what, text, pastes} = doing;
	return (
		<Box flexShrink={0} height={fullRows} overflow="hidden" flexDirection="column">
			{isTyped(doing) ? (
				<TextInput
					key={pastes}
					value={text}
					onChange={typed => change({what, text: plainTyped(typed), pastes})}
					onSubmit={submit}
				/>
			) : (
				<Line wrap="wrap" tone={what === 'forget' ? 'warn' : 'plain'}>
					{entry ? plainText(fullText(entry)) : ' '}
				</Line>
			)}
		</Box>
	);
}
