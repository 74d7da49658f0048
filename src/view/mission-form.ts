import {plainLines, plainText} from './plain-text.js';

export type FormField = 'title' | 'description' | 'priority' | 'access' | 'target' | 'template' | 'after';

interface FieldSpec {
	readonly name: FormField;
	readonly label: string;
	/** Rows that it takes. */
	readonly rows: number;
	/** What may go in, in one line. */
	readonly hint: string;
	/** Of a field that is chosen and not typed; the first one is what it has unasked. */
	readonly choices?: readonly string[];
	/** What a choice comes to, where its name alone does not say it. */
	readonly says?: Readonly<Record<string, string>>;
}

/** In the order in which Tab goes through them. */
export const formFields: readonly FieldSpec[] = [
	{name: 'title', label: 'Title', rows: 3, hint: 'The outcome, in one line. Nothing else is needed.'},
	{
		name: 'description',
		label: 'Description',
		rows: 4,
		hint: 'More about it, in as many lines as it takes: Enter begins the next.',
	},
	{name: 'priority', label: 'Priority', rows: 1, hint: '← → chooses.', choices: ['medium', 'high', 'critical', 'low']},
	{
		name: 'access',
		label: 'Access',
		rows: 1,
		hint: 'read: may only look. write: works on a branch of its own. ← → chooses.',
		choices: ['read', 'write'],
		says: {read: 'reads only', write: 'on a branch of its own'},
	},
	{name: 'target', label: 'Target', rows: 1, hint: 'A target of config.yaml; the first one without.'},
	{
		name: 'template',
		label: 'Template',
		rows: 1,
		hint: 'A name from templates/: audit, review, docs, tests, implement …',
	},
	{name: 'after', label: 'After', rows: 1, hint: 'Ids of missions that have to be done before, such as m-4k2p9q.'},
];

export interface MissionForm {
	readonly values: Readonly<Partial<Record<FormField, string>>>;
	readonly errors: Readonly<Partial<Record<FormField, string>>>;
	/** Index of the field that one types in. */
	readonly at: number;
	/** How often something was pasted: an input's cursor is where its first text ends. */
	readonly pastes: number;
}

export const emptyForm: MissionForm = {values: {}, errors: {}, at: 0, pastes: 0};

export const fieldAt = ({at}: MissionForm): FieldSpec => formFields[at] ?? (formFields[0] as FieldSpec);
export const valueIn = ({values}: MissionForm, {name, choices}: FieldSpec) => values[name] ?? choices?.[0] ?? '';

/** Nothing in it; `pastes` goes on, as an input's cursor is where its first text ends. */
export const cleared = ({pastes}: MissionForm): MissionForm => ({...emptyForm, pastes: pastes + 1});

/** A field with the rows that it has in a window of this height. */
export interface FieldInSight {
	readonly field: FieldSpec;
	readonly rows: number;
}

/** Where there is no room for whole boxes, texts get so many rows. */
const leastRows = 2;

/** The fields that fit into so many rows, the one at hand among them: boxes of texts become smaller first, then the form scrolls. */
export function fieldsInSight({at}: MissionForm, room: number): FieldInSight[] {
	const total = formFields.reduce((sum, {rows}) => sum + rows, 0);
	const all = formFields.map(field => ({field, rows: total <= room ? field.rows : Math.min(field.rows, leastRows)}));
	const taken = (shown: readonly FieldInSight[]) => shown.reduce((sum, {rows}) => sum + rows, 0);
	let first = 0;
	while (first < at && taken(all.slice(first, at + 1)) > room) first++;
	let left = Math.max(1, room);
	return all.slice(first).flatMap(({field, rows}) => {
		const height = Math.min(rows, left);
		left -= height;
		return height > 0 ? [{field, rows: height}] : [];
	});
}

/** To the field before or after; round and round. */
export const moved = (form: MissionForm, step: number): MissionForm => ({
	...form,
	at: (form.at + step + formFields.length) % formFields.length,
});

/** With another text in the field at hand; what was wrong with it is asked anew. */
export function typed(form: MissionForm, text: string): MissionForm {
	const {name} = fieldAt(form);
	return {...form, values: {...form.values, [name]: text}, errors: {...form.errors, [name]: undefined}};
}

/** With the next or last choice, where there are any. */
export function turned(form: MissionForm, step: number): MissionForm {
	const field = fieldAt(form);
	const {choices = []} = field;
	const next = choices[(choices.indexOf(valueIn(form, field)) + step + choices.length) % choices.length];
	return next === undefined ? form : typed(form, next);
}

/** With what was pasted at the end of the field at hand. */
export function pasted(form: MissionForm, text: string): MissionForm {
	const field = fieldAt(form);
	if (field.choices) return form;
	const plain = field.name === 'description' ? plainLines(text.replaceAll('\r', '\n')) : plainText(text);
	return {...typed(form, `${valueIn(form, field)}${plain}`), pastes: form.pastes + 1};
}

/** Ids as people write them, without their `^`. */
export const idsOf = (text: string) => text.split(/[\s,]+/).flatMap(word => word.replace(/^\^/, '') || []);

/** What is wrong that can be known here. */
export function formErrors({values}: MissionForm): MissionForm['errors'] {
	const wrong = idsOf(values.after ?? '').find(id => !/^m-[0-9a-z]{6}$/.test(id));
	return {
		...(plainText(values.title ?? '') === '' ? {title: 'Say what shall be true afterwards.'} : {}),
		...(wrong === undefined ? {} : {after: `${plainText(wrong)} is no id of a mission.`}),
	};
}

export const isEmpty = ({values}: MissionForm) => Object.values(values).every(value => plainText(value ?? '') === '');
