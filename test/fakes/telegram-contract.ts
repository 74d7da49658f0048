import {readFileSync} from 'node:fs';

interface Field {
	readonly name: string;
	/** `Integer`, `String`, `Boolean`, `Array of MessageEntity`, the name of a type … any one of them. */
	readonly types: readonly string[];
	readonly required: boolean;
}

interface Contract {
	readonly methods: Readonly<Record<string, {readonly fields?: readonly Field[]}>>;
	readonly types: Readonly<Record<string, {readonly fields?: readonly Field[]}>>;
}

const contract: Contract = JSON.parse(
	readFileSync(new URL('../contracts/telegram-bot-api-10.1.json', import.meta.url), 'utf8'),
);

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function fits(value: unknown, type: string, at: string): string[] {
	const element = /^Array of (.*)$/.exec(type)?.[1];
	if (element) {
		if (!Array.isArray(value)) return [`${at}: not an array`];
		return value.flatMap((item, index) => fits(item, element, `${at}[${index}]`));
	}
	if (type === 'Integer') return Number.isSafeInteger(value) ? [] : [`${at}: not an integer`];
	if (type === 'String') return typeof value === 'string' ? [] : [`${at}: not a string`];
	if (type === 'Boolean' || type === 'True') return typeof value === 'boolean' ? [] : [`${at}: not a boolean`];
	return fieldsFit(value, contract.types[type]?.fields, `${at} (${type})`);
}

function fieldsFit(value: unknown, fields: readonly Field[] | undefined, at: string): string[] {
	if (!fields) return [`${at}: nothing is vendored about it`];
	if (!isRecord(value)) return [`${at}: not an object`];
	const unknown = Object.keys(value).filter(key => !fields.some(field => field.name === key));
	const missing = fields.filter(field => field.required && value[field.name] === undefined);
	const wrong = fields.flatMap(({name, types}) => {
		if (value[name] === undefined) return [];
		const tries = types.map(type => fits(value[name], type, `${at}.${name}`));
		return tries.some(problems => problems.length === 0) ? [] : (tries[0] ?? []);
	});
	return [
		...unknown.map(key => `${at}.${key}: unknown`),
		...missing.map(({name}) => `${at}.${name}: missing`),
		...wrong,
	];
}

/** What is wrong with a request, by the published Bot API; [] when nothing is. */
export function requestProblems(method: string, payload: unknown): string[] {
	const known = contract.methods[method];
	return known ? fieldsFit(payload, known.fields ?? [], method) : [`${method}: no such method`];
}
