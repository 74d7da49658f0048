import type {CommandInput} from '../domain/command.js';
import {priorityNames} from '../domain/priority.js';
import {type FormField, formFields, idsOf, type MissionForm} from './mission-form.js';
import {plainLines, plainText} from './plain-text.js';
import {by} from './wish.js';

/** The wish for the mission; what was left as it is is not in it. */
export function wishOf({values}: MissionForm): CommandInput {
	const text = (name: FormField) => plainText(values[name] ?? '');
	const description = plainLines(values.description ?? '').trim();
	const priority = (priorityNames as readonly string[]).indexOf(values.priority ?? '') + 1;
	const after = idsOf(text('after'));
	const access = values.access === 'write' || values.access === 'read' ? values.access : undefined;
	return {
		...{type: 'mission.add', title: text('title'), isTyped: true, source: by},
		...(description === '' ? {} : {description}),
		...(priority === 0 ? {} : {priority}),
		...(access ? {access} : {}),
		...(text('target') === '' ? {} : {target: text('target').replace(/^\+/, '')}),
		...(text('template') === '' ? {} : {template: text('template').replace(/^@/, '')}),
		...(after.length > 0 ? {after} : {}),
	} as CommandInput;
}

const fieldsOf: Readonly<Record<string, FormField>> = {
	...{TITLE_UNREADABLE: 'title', TARGET_UNKNOWN: 'target', TEMPLATE_UNKNOWN: 'template', MISSION_UNKNOWN: 'after'},
};

/** A refusal, beside the field that it is about; undefined when it is about none of them. */
export function refusedForm(form: MissionForm, code: string | undefined, words: string): MissionForm | undefined {
	const name = fieldsOf[code ?? ''];
	if (!name) return;
	return {...form, errors: {...form.errors, [name]: words}, at: formFields.findIndex(field => field.name === name)};
}
