import {expect, test} from 'vitest';
import {fuzzyScore} from '../../src/view/fuzzy.js';
import {matchesOf, nameOf, verbsOf, verbWidths} from '../../src/view/palette.js';
import {createViewStore} from '../../src/view/store.js';
import {aNight, nowMs} from './a-status.js';

const verbs = () => {
	const store = createViewStore({workspace: 'w', colour: true, nowMs});
	store.setStatus(aNight());
	return verbsOf(store.getState());
};

const first = (query: string) => {
	const [match] = matchesOf(verbs(), query);
	return match && [match.verb.name, match.typed];
};

test('letters fit in their order; beginnings and neighbours count more', () => {
	expect(fuzzyScore('xyz', 'skip')).toBeUndefined();
	expect(fuzzyScore('ps', 'skip')).toBeUndefined();
	const better = (typed: string, one: string, other: string) =>
		expect(fuzzyScore(typed, one)).toBeGreaterThan(fuzzyScore(typed, other) ?? 0);
	better('sk', 'skip', 'ask');
	better('md', 'move down', 'command');
	better('re', 'requeue', 'requeue again');
});

test.each([
	['skip', ['skip', '']],
	['sk', ['skip', '']],
	['rq', ['requeue', '']],
	['mvd', ['move down', '']],
	['usage', ['usage paste', '']],
	['report', ['read report', '']],
	['add Fix  the door', ['add', 'Fix the door']],
	['ADD it', ['add', 'it']],
	['skip ^m-wait01 m-wait02', ['skip', '^m-wait01 m-wait02']],
	['fetch workspace', ['sync', '']],
	['zzz', undefined],
] as const)('%j finds %j', (query, wanted) => {
	expect(first(query)).toEqual(wanted);
});

test('everything has one name and a sentence, and with nothing typed all of it is there', () => {
	const names = verbs().map(({name}) => name);
	expect(new Set(names).size).toBe(names.length);
	for (const {about} of verbs()) expect(about).toMatch(/^[A-Z].*\.$/);
	expect(matchesOf(verbs(), '')).toHaveLength(names.length);
});

test('columns are as wide as what stands in them, and no wider', () => {
	const {name, label, about} = verbWidths(verbs());
	const longest = (texts: readonly string[]) => Math.max(...texts.map(text => text.length));
	expect(name).toBe(longest(verbs().map(verb => nameOf(verb))) + 2);
	expect(label).toBe(longest(verbs().map(verb => verb.label)) + 2);
	expect(about).toBe(longest(verbs().map(verb => verb.about)));
});
