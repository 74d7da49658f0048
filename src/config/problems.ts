import {type Document, isNode, LineCounter, parseDocument} from 'yaml';
import {z} from 'zod';
import {nearestOf} from '../domain/nearest.js';
import {messageOf} from '../domain/pilot-error.js';

/** One thing wrong in config.yaml, where a human finds it. Lines and columns count from 1. */
export interface ConfigProblem {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly what: string;
	readonly allowed?: string;
	readonly didYouMean?: string;
}

type Issue = z.core.$ZodIssue;

const shown = (value: unknown) => {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** Keys that the schema allows at a path, looked up in its JSON Schema. */
function keysAt(schema: unknown, at: readonly PropertyKey[]): string[] {
	let node = schema as {properties?: Record<string, unknown>; items?: unknown; anyOf?: unknown[]} | undefined;
	for (const key of at) {
		node = (typeof key === 'number' ? node?.items : node?.properties?.[String(key)]) as typeof node;
	}
	return Object.keys(node?.properties ?? {});
}

function position(document: Document, lines: LineCounter, at: readonly PropertyKey[], key?: string) {
	for (let depth = at.length; depth >= 0; depth--) {
		const node = document.getIn(at.slice(0, depth), true);
		if (!isNode(node)) continue;
		const pair =
			key === undefined
				? undefined
				: (node as {items?: {key?: {value?: unknown; range?: [number, number, number]}}[]}).items?.find(
						item => item.key?.value === key,
					);
		const offset = pair?.key?.range?.[0] ?? node.range?.[0] ?? 0;
		const {line, col} = lines.linePos(offset);
		return {line, column: col};
	}
	return {line: 1, column: 1};
}

function allowedOf(issue: Issue): string | undefined {
	if (issue.code === 'invalid_value') return issue.values.map(value => JSON.stringify(value)).join(', ');
	if (issue.code === 'invalid_type') return `a value of type ${issue.expected}`;
	if (issue.code === 'too_small') return `at least ${issue.minimum}`;
	if (issue.code === 'too_big') return `at most ${issue.maximum}`;
	if (issue.code === 'invalid_union') {
		const parts = issue.errors
			.flat()
			.map(inner => allowedOf(inner as Issue))
			.filter(part => part !== undefined);
		return parts.length > 0 ? [...new Set(parts)].join(', or ') : undefined;
	}
	// Words of our own say more than the pattern; those that zod has of itself say less.
	if (issue.code === 'invalid_format' && !issue.message.startsWith('Invalid')) return issue.message;
	if (issue.code === 'invalid_format')
		return `a value in the form of ${issue.format === 'regex' ? (issue as {pattern?: string}).pattern : issue.format}`;
	return;
}

interface Source {
	readonly file: string;
	readonly document: Document;
	readonly lines: LineCounter;
	readonly jsonSchema: unknown;
}

function problemsOf(issue: Issue, {file, document, lines, jsonSchema}: Source): ConfigProblem[] {
	const name = issue.path.map(String).join('.') || 'the file';
	if (issue.code === 'unrecognized_keys') {
		const keys = keysAt(jsonSchema, issue.path);
		return issue.keys.map(key => {
			const like = nearestOf(key, keys);
			return {
				file,
				...position(document, lines, issue.path, key),
				what: `unknown key ${JSON.stringify(key)}${issue.path.length > 0 ? ` under ${name}` : ''}`,
				allowed: keys.join(', '),
				...(like ? {didYouMean: like} : {}),
			};
		});
	}
	const found = document.getIn(issue.path as string[]);
	const allowed = allowedOf(issue);
	const like =
		issue.code === 'invalid_value' && typeof found === 'string'
			? nearestOf(found, issue.values.map(String))
			: undefined;
	const what =
		found === undefined ? `${name} is missing` : `${name} is ${shown(isNode(found) ? found.toJSON() : found)}`;
	return [
		{
			file,
			...position(document, lines, issue.path),
			what,
			...(allowed ? {allowed} : {}),
			...(like ? {didYouMean: like} : {}),
		},
	];
}

/** Where a key, or what it leads to, stands in the file. Lines and columns count from 1. */
export type Locate = (at: readonly PropertyKey[]) => {readonly line: number; readonly column: number};

export interface Checked<T> {
	/** Undefined when something is wrong. */
	readonly value?: T;
	readonly problems: ConfigProblem[];
	readonly locate: Locate;
}

/** The plain value of a document; its aliases may lead nowhere, or to more than can be held. */
function plainValue(document: Document): {value: unknown} | {error: string} {
	try {
		return {value: document.toJS() ?? {}};
	} catch (error) {
		return {error: messageOf(error)};
	}
}

/** Checks YAML text against a schema: the value, or everything that is wrong with it. Never throws. */
export function checkYaml<S extends z.ZodType>(file: string, text: string, schema: S): Checked<z.output<S>> {
	const lines = new LineCounter();
	const document = parseDocument(text, {lineCounter: lines, prettyErrors: false});
	const locate: Locate = at => position(document, lines, at);
	if (document.errors.length > 0) {
		const problems = document.errors.map(error => {
			const {line, col} = lines.linePos(error.pos[0]);
			return {file, line, column: col, what: error.message};
		});
		return {problems, locate};
	}
	const plain = plainValue(document);
	if ('error' in plain) return {problems: [{file, line: 1, column: 1, what: plain.error}], locate};
	const result = schema.safeParse(plain.value);
	if (result.success) return {value: result.data, problems: [], locate};
	const source = {file, document, lines, jsonSchema: z.toJSONSchema(schema, {io: 'input'})};
	return {problems: result.error.issues.flatMap(issue => problemsOf(issue, source)), locate};
}

export const problemLine = ({file, line, column, what, allowed, didYouMean}: ConfigProblem) =>
	`${file}:${line}:${column}: ${what}${allowed ? `; allowed: ${allowed}` : ''}${didYouMean ? `; did you mean ${JSON.stringify(didYouMean)}?` : ''}`;
