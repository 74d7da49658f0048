/** What is said of the demo, one after another, and where the words may lie without hiding what they are about. */
export interface Caption {
	readonly title: string;
	readonly text: string;
	readonly edge: 'top' | 'bottom';
}

export const captions: readonly Caption[] = [
	{
		title: 'The real program, simulated agents',
		text: 'No account, no tokens: only the agents are played. Six missions wait in the queue, and two minutes show what becomes of them.',
		edge: 'bottom',
	},
	{
		title: 'The queue',
		text: 'What runs, what waits and why, what needs you. Each is a line of missions.md: yours come from an editor, from n, from git or a chat.',
		edge: 'bottom',
	},
	{
		title: 'The pane',
		text: 'The agent at work, live. It works in a copy of the project. A real one can be typed to (a), or taken over in the middle and given back.',
		edge: 'top',
	},
	{
		title: 'Done means proven',
		text: 'After the agent, pilot itself runs the tests and the acceptance commands. One agent here only says that it is done: that is unproven (?).',
		edge: 'bottom',
	},
	{
		title: 'When it does not go well',
		text: 'One fails twice (✗), one asks you and is parked (‖), one runs into a usage limit, waits for its reset and goes on by itself.',
		edge: 'bottom',
	},
	{
		title: 'What it costs',
		text: 'Quota windows, runs, money and tokens stand at the bottom. Pilot stops before your quota is used up: the rest stays yours.',
		edge: 'top',
	},
	{
		title: 'In the morning',
		text: 'M tells what happened while you slept, what failed first. Enter replays a mission there, o reads it, ? lists every key. Closing it stops nothing.',
		edge: 'bottom',
	},
	{
		title: 'Look around',
		text: 'Every key works here as it does in your own workspace. q leaves; then you are asked whether to make one.',
		edge: 'bottom',
	},
];
