import {z} from 'zod';

/** How dashboards look, and what they tell the terminal around them. */
export const lookConfig = {
	theme: z
		.enum(['auto', 'dark', 'light', 'high-contrast', 'none'])
		.default('auto')
		.describe('Colours of the dashboard, from those of your terminal. auto: light where its background is.'),
	ascii: z
		.union([z.literal('auto'), z.boolean()])
		.default('auto')
		.describe('Write nothing but ASCII. auto: where the locale is not UTF-8, and on a Linux console.'),
	motion: z
		.enum(['full', 'reduced'])
		.default('full')
		.describe('reduced: nothing but a session’s own screen changes more often than every ten seconds by itself.'),
	screenReader: z
		.boolean()
		.default(false)
		.describe('The dashboard is lines as things happen, and verbs to type; nothing is drawn. Also --screen-reader.'),
	terminal: z
		.strictObject({
			title: z.boolean().default(true).describe('Tell state and counts in the title of the terminal or tmux pane.'),
			bell: z.boolean().default(true).describe('Ring when something begins to need you.'),
			progress: z
				.boolean()
				.default(true)
				.describe('Show in the taskbar or tab that missions run, in terminals that are known to do so (OSC 9;4).'),
		})
		.prefault({}),
};
