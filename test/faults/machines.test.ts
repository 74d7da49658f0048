import {expect, test} from 'vitest';
import {howMany, tellFigure} from '../support/figures.js';
import {createGitFleet} from '../support/machines/git-fleet.js';
import {createMemoryFleet} from '../support/machines/memory-fleet.js';
import {startText} from '../support/machines/people.js';
import {playStory, type Story} from '../support/machines/play.js';
import {scratch} from '../support/workspace.js';

const mostRounds = 3;

type Play = (seed: number) => Promise<Story>;

/** Plays stories with these seeds and says what was wrong in which. */
async function playAll(seeds: readonly number[], play: Play) {
	const bad: string[] = [];
	let [kills, rounds] = [0, 0];
	for (const seed of seeds) {
		const story = await play(seed);
		kills += story.kills;
		rounds = Math.max(rounds, story.rounds);
		const late = story.rounds > mostRounds ? [`${story.rounds} rounds`] : [];
		const troubles = [...story.troubles, ...late];
		if (troubles.length > 0) bad.push(`seed ${seed}: ${troubles.join('; ')}`);
	}
	return {bad, kills, rounds};
}

async function tellStories(name: string, seeds: readonly number[], play: Play) {
	const {bad, kills, rounds} = await playAll(seeds, play);
	const figure = `same bytes everywhere after at most ${rounds} rounds of sync; ${kills} syncs killed`;
	tellFigure({name, n: seeds.length, failures: bad.length, figure});
	expect(bad).toEqual([]);
}

const seedsFrom = (first: number, count: number) => Array.from({length: count}, (_, n) => first + n);
const steps = 24;

test('two machines, any order of edits, marks, commits, syncs and kills: nothing is lost, all agree', {
	retry: 0,
}, async () => {
	const perSeed = howMany({full: 200, short: 40});
	const seeds = howMany({full: 5, short: 1});
	const all = Array.from({length: seeds}, (_, seed) => seedsFrom(seed * 10_000, perSeed)).flat();
	await tellStories('two machines, one queue (merges alone)', all, seed =>
		playStory(createMemoryFleet(2, startText), seed, steps),
	);
});

test('three machines, likewise', {retry: 0}, async () => {
	const seeds = seedsFrom(500_000, howMany({full: 200, short: 20}));
	await tellStories('three machines, one queue (merges alone)', seeds, seed =>
		playStory(createMemoryFleet(3, startText), seed, steps),
	);
});

test('two and three clones of a real repository, whose syncs are killed with SIGKILL', {
	timeout: 60 * 60_000,
	retry: 0,
}, async () => {
	const stories = howMany({full: 200, short: 6});
	await tellStories('two and three clones, real git', seedsFrom(900_000, stories), async seed => {
		using place = scratch('pilot-fleet');
		return await playStory(await createGitFleet(place.dir, 2 + (seed % 2), startText), seed, steps);
	});
});

test('the same stories with a merge that takes one side lose lines: what was looked for can be found', async () => {
	const larger = (_base: Buffer, one: Buffer, other: Buffer) => (Buffer.compare(one, other) < 0 ? other : one);
	const {bad} = await playAll(seedsFrom(0, 40), seed =>
		playStory(createMemoryFleet(2, startText, larger), seed, steps),
	);
	expect(bad.filter(told => told.includes("lost a human's")).length).toBeGreaterThan(20);
	expect(bad.filter(told => told.includes('lost the mark')).length).toBeGreaterThan(5);
});
