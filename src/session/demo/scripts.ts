/** One thing the simulated agent does. */
export type Move =
	| {readonly say: string}
	| {
			readonly tool: string;
			readonly about: Readonly<Record<string, string>>;
			readonly result: string;
			readonly fails?: boolean;
	  }
	| {readonly write: string; readonly content: string}
	/** A command that only a human can allow; it is never run, for this is a simulation. */
	| {readonly wants: string}
	| {readonly call: string; readonly args: object}
	| {readonly limitSeconds: number}
	| {readonly crash: string};

export interface DemoInput {
	readonly title: string;
	readonly access: string;
	/** What the mission's description asks of the simulation: `demo: writes notes.md`, `demo: fails` … */
	readonly wish: string;
	readonly resume: boolean;
	readonly attempt: number;
}

const looking: readonly Move[] = [
	{say: 'I read the project first.'},
	{tool: 'Glob', about: {pattern: '**/*'}, result: 'README.md\npackage.json\nsrc/greet.js\ntest/greet.test.js'},
	{
		tool: 'Read',
		about: {file_path: 'README.md'},
		result: '# A small project\n\nIt greets.\n\nRun it with node.\n\nThat is all.',
	},
];

const report = (summary: string, text: string, learnings: readonly string[] = []): Move => ({
	call: 'report',
	args: {summary, report: text, learnings},
});

const succeeds = ({title, access}: DemoInput): Move[] => [
	...looking,
	...(access === 'write' ? writing('pilot-demo.md') : []),
	{say: `Done with “${title}”. (Simulated: no model was asked.)`},
	report(
		`Simulated: ${title}`,
		`# ${title}\n\nThis report was written by the simulated demo agent. A real session would say here what it did and found.`,
		['The project is small and has a test of its own.'],
	),
];

const writing = (file: string): Move[] => [
	{say: `I write ${file}.`},
	{write: file, content: '# Hello\n\nWritten by the simulated demo agent.\n'},
];

/** The personalities, by the first word of the wish. */
const personalities: Readonly<Record<string, (input: DemoInput, rest: string) => Move[]>> = {
	succeeds,
	writes: ({title}, file) => [
		...looking,
		...writing(file || 'pilot-demo.md'),
		{say: 'The file is there.'},
		report(`Wrote ${file}`, `# ${title}\n\nWrote ${file}.`),
	],
	claims: ({title}) => [
		...looking,
		{say: 'All done!'},
		report('All done', `# ${title}\n\nEverything is done, or so I say.`),
	],
	fails: ({title}, file) => [
		...looking,
		...writing(file || 'attempt.md'),
		{tool: 'Bash', about: {command: 'npm test'}, result: '1 failing: greet says hello', fails: true},
		{say: 'I think that is right.'},
		report('Changed the greeting', `# ${title}\n\nI changed the greeting.`),
	],
	asks: () => [
		...looking,
		{call: 'ask_human', args: {question: 'Shall the greeting be in English or in German?'}},
		{say: 'I cannot go on without an answer.'},
	],
	wants: ({title}, command) => [
		...looking,
		{wants: command || 'rm -rf build'},
		report(`Simulated: ${title}`, `# ${title}\n\nAsked for a permission, and went on with the answer.`),
	],
	proposes: ({title}, proposal) => [
		...looking,
		{call: 'propose_mission', args: {title: proposal || 'Look further', description: 'Seen on the way.'}},
		report(`Simulated: ${title}`, `# ${title}\n\nProposed what should follow.`),
	],
	limited: input => (input.resume ? succeeds(input) : [...looking.slice(0, 1), {limitSeconds: 15}]),
	crashes: () => [...looking.slice(0, 2), {crash: 'simulated crash: out of luck'}],
	silent: ({title}) => [...looking, {say: `I looked at “${title}” and found it in order.`}],
};

/** What the agent will do for this mission. An unknown wish is a wish to succeed. */
export function movesFor(input: DemoInput): Move[] {
	const [word = '', ...rest] = input.wish.trim().split(/\s+/);
	const personality = Object.hasOwn(personalities, word) ? personalities[word] : succeeds;
	return (personality ?? succeeds)(input, rest.join(' '));
}
