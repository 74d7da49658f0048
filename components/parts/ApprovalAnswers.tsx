import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import type {OpenApproval} from '../../src/domain/approval.js';
import {choicesOf} from '../../src/view/approval-text.js';
import {plainTyped} from '../../src/view/plain-text.js';

/** The answers that there are, each with its key. */
export function Choices({approval}: {readonly approval: OpenApproval}) {
	return choicesOf(approval).map(({key, words}) => (
		<Box key={key} gap={1}>
			<Box flexShrink={0} width={4}>
				<Text bold>{key}</Text>
			</Box>
			<Text wrap="truncate-end">{words}</Text>
		</Box>
	));
}

/** Asks why not; nothing typed is an answer too. */
export function Note({deny, height}: {readonly deny: (note: string) => void; readonly height: number}) {
	const [note, setNote] = useState('');
	return (
		<Box flexDirection="column" height={height} overflow="hidden">
			<Box height={1} gap={1} overflow="hidden">
				<Text>Why not?</Text>
				<TextInput value={note} onChange={typed => setNote(plainTyped(typed))} onSubmit={deny} />
			</Box>
			<Text wrap="truncate-end">
				<Text bold>Enter</Text> deny {'  '}
				<Text bold>Esc</Text> back
			</Text>
		</Box>
	);
}
