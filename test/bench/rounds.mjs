// Two sides measured in turns, and what their figures say.

export const median = values => {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** The same numbers in every run, so that the same figures give the same interval. */
function createRandom(seed) {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

/** The 90 % interval of the median, by drawing from the values again and again. */
export function intervalOf(values) {
	const random = createRandom(1);
	const draw = () => median(values.map(() => values[Math.floor(random() * values.length)]));
	const medians = Array.from({length: 2000}, draw).sort((a, b) => a - b);
	return {low: medians[100], high: medians[1899]};
}

/** One round: both sides, the order changing from round to round. */
async function playRound({ours, peer}, index) {
	if (!peer) return {ours: await ours()};
	if (index % 2 === 0) {
		const first = await peer();
		return {peer: first, ours: await ours()};
	}
	const first = await ours();
	return {ours: first, peer: await peer()};
}

/** True for a round in which the machine was held up: any figure of the peer's over twice its median. */
const wasHeldUp = (round, rounds) =>
	Object.keys(round.peer ?? {}).some(key => round.peer[key] > 2 * median(rounds.map(one => one.peer[key])));

/**
 * Plays the rounds; those in which the peer was held up are played again, at most as many as were asked for.
 *
 * @param sides `ours()` and `peer()` give `{key: figure}`, or throw when what they show is wrong.
 */
export async function playRounds(sides, count, onRound = () => {}) {
	const rounds = [];
	for (let played = 0; played < count * 2 && rounds.length < count; played++) {
		const round = await playRound(sides, played);
		rounds.push(round);
		onRound(round);
		if (rounds.length < count) continue;
		const held = rounds.findIndex(one => wasHeldUp(one, rounds));
		if (held >= 0 && played < count * 2 - 1) rounds.splice(held, 1);
	}
	return rounds;
}

const rounded = value => Number(value.toPrecision(3));

/** The verdict of a row over the rounds that were played for it: it fails only when all of its interval is above its reach. */
export function judge({name, peer = '', key, reach, aim, unit = 'x', measure = 'ms'}, rounds) {
	const values = rounds.map(round => (round.peer ? round.ours[key] / round.peer[key] : round.ours[key]));
	const {low, high} = intervalOf(values);
	return {
		name,
		peer,
		unit,
		...(unit === 'x' ? {measure} : {}),
		ratio: rounded(median(values)),
		low: rounded(low),
		high: rounded(high),
		reach,
		aim,
		holds: reach === undefined || low <= reach,
		ours: rounded(median(rounds.map(round => round.ours[key]))),
		...(rounds[0].peer ? {theirs: rounded(median(rounds.map(round => round.peer[key])))} : {}),
		rounds: values.map(rounded),
	};
}
