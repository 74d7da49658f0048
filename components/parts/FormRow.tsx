import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {fieldAt, type formFields, type MissionForm, typed, valueIn} from '../../src/view/mission-form.js';
import {plainTyped, rowsFor} from '../../src/view/plain-text.js';
import Line from './Line.js';

const labelCells = 13;

export interface FormRowProps {
	readonly form: MissionForm;
	readonly field: (typeof formFields)[number];
	/** Height of its box. */
	readonly rows: number;
	/** Of the whole row. */
	readonly width: number;
	readonly change: (form: MissionForm) => void;
	readonly submit: () => void;
}

function Value({form, field, rows, change, submit}: FormRowProps) {
	const isHere = fieldAt(form) === field;
	const value = valueIn(form, field);
	if (field.choices)
		return (
			<Box gap={2}>
				<Line inverse={isHere}>{`‹ ${value} ›`}</Line>
				<Line tone="dim">{field.says?.[value] ?? ''}</Line>
			</Box>
		);
	if (field.name === 'description') {
		const lines = value.split('\n');
		const shown = lines.slice(-rows).join('\n');
		return (
			<Text>
				{shown}
				{isHere ? <Text inverse> </Text> : null}
			</Text>
		);
	}
	return (
		<TextInput
			// Made anew after a paste, as its cursor is where its first text ends.
			key={form.pastes}
			value={value}
			focus={isHere}
			showCursor={isHere}
			onChange={text => change(typed(form, plainTyped(text)))}
			onSubmit={submit}
		/>
	);
}

/** One field of the form: its name, what is in it, and what is wrong with it. */
export default function FormRow(props: FormRowProps) {
	const {form, field, rows, width} = props;
	const isHere = fieldAt(form) === field;
	const error = form.errors[field.name];
	// Of a text longer than its box, the end is seen: that is where one types.
	const isLong = rowsFor(valueIn(form, field), width - labelCells - 2) > rows;
	return (
		<Box flexShrink={0} height={rows} overflow="hidden">
			<Box flexShrink={0} width={labelCells}>
				<Line bold={isHere}>{field.label}</Line>
			</Box>
			<Box flexShrink={0} width={2}>
				<Text>{isHere ? '>' : ' '}</Text>
			</Box>
			<Box
				flexGrow={1}
				flexDirection="column"
				height={rows}
				justifyContent={isLong ? 'flex-end' : 'flex-start'}
				overflow="hidden"
			>
				<Box flexShrink={0}>
					<Value {...props} />
				</Box>
			</Box>
			{error ? (
				<Box flexShrink={0} width={width >> 1} height={1} overflow="hidden">
					<Line tone="bad">{` ✗ ${error}`}</Line>
				</Box>
			) : null}
		</Box>
	);
}
