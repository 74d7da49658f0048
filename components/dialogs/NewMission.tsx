import {Text, useInput, usePaste} from 'ink';
import {addForm, keepDraft} from '../../src/view/act.js';
import {
	cleared,
	emptyForm,
	fieldAt,
	fieldsInSight,
	formFields,
	isEmpty,
	type MissionForm,
	moved,
	pasted,
	turned,
	typed,
	valueIn,
} from '../../src/view/mission-form.js';
import {plainTyped} from '../../src/view/plain-text.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';
import FormRow from '../parts/FormRow.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

const width = 76;
const fieldRows = formFields.reduce((sum, {rows}) => sum + rows, 0);
/** The frame, title, hint, the row of keys. */
const around = 5;

/** Asks for a new mission: its title, and whatever else one likes to say. */
export default function NewMission({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const form = usePilot(({screen}) => screen.draft ?? emptyForm);
	const setForm = (draft: MissionForm) => deck.store.change({draft});
	const change = (next: (form: MissionForm) => MissionForm) =>
		setForm(next(deck.store.getState().screen.draft ?? emptyForm));
	const field = fieldAt(form);
	const isText = field.name === 'description';
	const submit = () => void addForm(deck, form).then(refused => refused && setForm(refused));
	useInput((input, key) => {
		if (key.escape) return keepDraft(deck);
		if (key.ctrl && input === 'u') return change(cleared);
		if (key.tab || key.downArrow || key.upArrow)
			return setForm(moved(form, key.upArrow || (key.tab && key.shift) ? -1 : 1));
		if (field.choices && (key.leftArrow || key.rightArrow)) return setForm(turned(form, key.leftArrow ? -1 : 1));
		if (field.choices && key.return) return submit();
		if (!isText || key.ctrl || key.meta) return;
		const text = key.return
			? '\n'
			: input
					.split(/\r\n?|\n/)
					.map(plainTyped)
					.join('\n');
		const isBack = key.backspace || key.delete;
		// Keys typed fast come before what they change is drawn.
		change(now => typed(now, isBack ? [...valueIn(now, field)].slice(0, -1).join('') : valueIn(now, field) + text));
	});
	usePaste(text => setForm(pasted(form, text)));
	const shown = fieldsInSight(form, rows - around);
	const title = `New mission${shown.length < formFields.length ? `: ${field.label}, ${form.at + 1} of ${formFields.length}` : ''}`;
	return (
		<Overlay title={title} columns={columns} rows={rows} width={width} height={fieldRows + around}>
			{shown.map(one => (
				<FormRow
					key={one.field.name}
					{...one}
					form={form}
					width={Math.min(width, columns) - 4}
					change={setForm}
					submit={submit}
				/>
			))}
			<Line tone="dim">{field.hint}</Line>
			<Text wrap="truncate-end">
				<Text bold>Enter</Text> {isText ? 'next line' : 'add'} {'  '}
				<Text bold>Esc</Text> {isEmpty(form) ? 'cancel' : 'keep for later'} {'  '}
				<Text bold>Tab</Text> next field
				{isEmpty(form) ? null : (
					<>
						{' '}
						{'  '}
						<Text bold>Ctrl-U</Text> clear
					</>
				)}
			</Text>
		</Overlay>
	);
}
