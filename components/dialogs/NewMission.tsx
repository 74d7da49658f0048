import {Text, useInput, usePaste} from 'ink';
import {useState} from 'react';
import {addForm} from '../../src/view/act.js';
import {emptyForm, fieldAt, formFields, moved, pasted, turned, typed, valueIn} from '../../src/view/mission-form.js';
import {plainTyped} from '../../src/view/plain-text.js';
import {useDeck} from '../../src/view/use-pilot.js';
import FormRow from '../parts/FormRow.js';
import Line from '../parts/Line.js';
import Overlay from '../parts/Overlay.js';

const width = 76;
const fieldRows = formFields.reduce((sum, {rows}) => sum + rows, 0);

/** Asks for a new mission: its title, and whatever else one likes to say. */
export default function NewMission({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const deck = useDeck();
	const [form, setForm] = useState(emptyForm);
	const field = fieldAt(form);
	const isText = field.name === 'description';
	const submit = () => void addForm(deck, form).then(refused => refused && setForm(refused));
	useInput((input, key) => {
		if (key.escape) return deck.store.change({dialog: 'none'});
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
		setForm(now => typed(now, isBack ? [...valueIn(now, field)].slice(0, -1).join('') : valueIn(now, field) + text));
	});
	usePaste(text => setForm(pasted(form, text)));
	return (
		<Overlay title="New mission" columns={columns} rows={rows} width={width} height={fieldRows + 5}>
			{formFields.map(one => (
				<FormRow key={one.name} form={form} field={one} width={width - 4} change={setForm} submit={submit} />
			))}
			<Line tone="dim">{field.hint}</Line>
			<Text wrap="truncate-end">
				<Text bold>Enter</Text> {isText ? 'next line' : 'add'} {'  '}
				<Text bold>Esc</Text> cancel {'  '}
				<Text bold>Tab</Text> next field
			</Text>
		</Overlay>
	);
}
