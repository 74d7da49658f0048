import {z} from 'zod';
import {type KeyedAction, keyActions, keyedActions} from './keys.js';
import {lookConfig} from './look-config.js';

/** No limit is written `none`; 0 means none allowed. */
const limit = (fallback: number | 'none', what: string) =>
	z
		.union([z.number().nonnegative(), z.literal('none')])
		.default(fallback)
		.describe(what);

const argv = z.array(z.string()).min(1);

export const TargetConfig = z
	.strictObject({
		name: z
			.string()
			.regex(/^[A-Za-z0-9][\w.-]*$/)
			.describe('The word that missions name it by: `+name`.'),
		path: z.string().min(1).describe('Where the repository lies; relative to the workspace.'),
		url: z.string().optional().describe('Cloned from here when `path` does not exist.'),
		baseBranch: z
			.string()
			.optional()
			.describe('Sessions start from this branch. Default: the branch checked out in the target.'),
		test: z
			.string()
			.optional()
			.describe('The command that runs its tests. Default: found by looking (npm, pytest, make, go, cargo).'),
		setup: argv.optional().describe('Run once in every fresh checkout, such as ["npm", "ci"].'),
		copy: z
			.array(z.string())
			.default([])
			.describe('Ignored files a checkout needs, relative to the target; copied from it.'),
		allowWorkspace: z.boolean().default(false).describe('Allow this target to be the workspace itself.'),
	})
	.describe('A repository that missions work on.');
export type TargetConfig = z.infer<typeof TargetConfig>;

/** Where package managers fetch from. */
const packageHosts = [
	'registry.npmjs.org',
	'registry.yarnpkg.com',
	'pypi.org',
	'files.pythonhosted.org',
	'crates.io',
	'index.crates.io',
	'static.crates.io',
	'proxy.golang.org',
	'sum.golang.org',
	'rubygems.org',
];

export const ClaudeConfig = z.strictObject({
	command: z.string().default('claude').describe('The claude to run: a name on PATH, or a path.'),
	model: z.string().optional().describe('Passed as --model. Default: the one claude itself would take.'),
	style: z
		.enum(['headless', 'interactive'])
		.default('headless')
		.describe('How Claude Code runs in its pane: as a rendered transcript, or with its own screen.'),
	permissionMode: z
		.enum(['default', 'manual', 'acceptEdits', 'auto', 'dontAsk', 'plan', 'bypassPermissions'])
		.optional()
		.describe(
			'For write missions. Default: acceptEdits. Read missions always run with dontAsk. bypassPermissions: only in a container or a required sandbox.',
		),
	allow: z
		.array(z.string())
		.default([])
		.describe('Further tools a write session may use, such as "Bash(npm run lint:*)".'),
	sandbox: z
		.enum(['auto', 'required', 'off'])
		.default('auto')
		.describe(
			"Claude Code's own sandbox around the commands of a session: where bubblewrap and socat are, always, or never.",
		),
	sandboxDomains: z.array(z.string()).default(packageHosts).describe('Hosts that commands in the sandbox may reach.'),
	auth: z
		.enum(['subscription', 'api-key'])
		.default('subscription')
		.describe('What pays: your plan, or ANTHROPIC_API_KEY.'),
	env: z.record(z.string(), z.string()).default({}).describe('Variables that reach every claude session.'),
	maxTurns: z.number().int().positive().optional().describe('Passed as --max-turns. Default: limits.turnsPerMission.'),
});

export const CommandConfig = z
	.strictObject({
		argv: argv.describe('The tool and its arguments; "{prompt}" stands for the prompt.'),
		prompt: z
			.enum(['argument', 'stdin', 'paste'])
			.default('argument')
			.describe(
				'How it gets the prompt: in place of "{prompt}", typed as lines with an end, or pasted and sent with Enter.',
			),
		doneWhen: z
			.string()
			.min(1)
			.default('exit')
			.describe('When its work is over: exit, idle, or a regular expression that its printed text matches.'),
		idleSeconds: z
			.number()
			.positive()
			.default(20)
			.describe('With doneWhen idle: seconds without output, after some output.'),
		passEnv: z
			.array(z.string())
			.default([])
			.describe('Variables of the environment or .env that reach it, by name, such as "OPENAI_API_KEY".'),
	})
	.describe('Any CLI as an agent, with agent: command.');
export type CommandConfig = z.infer<typeof CommandConfig>;

export const LimitsConfig = z.strictObject({
	runsPerDay: limit(20, 'Sessions started in one UTC day.'),
	missionMinutes: limit(60, 'Wall time of one session, minutes.'),
	turnsPerMission: limit(50, 'Turns of one session.'),
	missionsPerStart: limit('none', 'Missions in one start of the pilot.'),
	sessionMegabytes: limit(256, 'Bytes one session may print, in MB.'),
	quietMinutes: limit(25, 'Minutes without any event before a session is taken to hang.'),
	gateMinutes: limit(15, 'Minutes an acceptance or test command may take.'),
	contextPercent: z.number().min(1).max(100).default(80).describe('Not watched in this version.'),
});

export const BudgetConfig = z.strictObject({
	warnPercent: z.number().min(0).max(100).default(75).describe('A quota window fuller than this is a warning.'),
	stopPercent: z
		.number()
		.min(0)
		.max(100)
		.default(90)
		.describe('A quota window fuller than this stops new sessions until it resets.'),
	allowOverage: z.boolean().default(false).describe('Go on when usage is paid for on top of the plan.'),
	proactiveTokensPerDay: limit(7_000_000, 'Tokens a UTC day for work that pilot proposes itself.'),
});

/** What a terminal sends for these is the same as for keys that everybody types. */
const detachKeys =
	'ctrl- and a letter or one of ] \\ ^ _ @, but not ctrl-h, ctrl-i, ctrl-j, ctrl-m or ctrl-[: they are Backspace, Tab, line end, Enter and Escape';

const oneKey = z.string().min(1);
const keyChoice = z.union([oneKey, z.array(oneKey)]).transform(given => [given].flat());

/** Which action has which keys; what the schema cannot say of them is checked with the file. */
const KeysConfig = z
	.strictObject(
		Object.fromEntries(
			keyedActions.map(action => [action, keyChoice.optional().describe(keyActions[action].about)]),
		) as Record<KeyedAction, z.ZodOptional<typeof keyChoice>>,
	)
	.prefault({})
	.describe('Keys of the dashboard in place of those in keys.md, such as `{skip: S, zoom: [Z, ctrl-f]}`.');

export const Config = z.strictObject({
	targets: z.array(TargetConfig).default([]),
	agent: z.string().default('claude').describe('Which agent runs in a session: claude, command or demo.'),
	claude: ClaudeConfig.prefault({}),
	command: CommandConfig.optional(),
	demo: z
		.strictObject({
			pace: z.number().positive().default(1).describe('1 = as a person would read it; 10 = ten times as fast.'),
		})
		.prefault({}),
	sessions: z
		.strictObject({
			max: z.number().int().positive().max(16).default(1).describe('Missions side by side.'),
			ownPids: z
				.boolean()
				.default(false)
				.describe('Each session in a PID namespace: all it starts ends with it. Linux, root or user namespaces.'),
		})
		.prefault({}),
	panes: z
		.strictObject({
			scrollback: z
				.number()
				.int()
				.min(0)
				.max(200_000)
				.default(10_000)
				.describe('Lines of history that each pane keeps.'),
			detachKey: z
				.string()
				.regex(/^ctrl-[a-gkln-z\]\\^_@]$/, {error: detachKeys})
				.default('ctrl-]')
				.describe('Ends typing into a session: ctrl- and a letter but h i j m, or one of ] \\ ^ _ @.'),
			mouse: z
				.boolean()
				.default(true)
				.describe('The mouse is the dashboard’s: wheel, clicks, selecting. Shift selects text as without it.'),
		})
		.prefault({}),
	mode: z
		.enum(['autonomous', 'supervised', 'interactive'])
		.default('autonomous')
		.describe(
			'autonomous: missions start by themselves. supervised: each one waits for your approval before it starts.',
		),
	approvals: z
		.strictObject({
			timeoutSeconds: z
				.number()
				.int()
				.positive()
				.max(604_800)
				.default(3600)
				.describe('How long a question to you holds something up; without an answer by then it counts as no.'),
			permissions: z
				.enum(['watched', 'always', 'never'])
				.default('watched')
				.describe(
					'Whether a headless session asks you for what its rules do not allow, or is refused at once. watched: while a dashboard or Telegram is there and you answer.',
				),
		})
		.prefault({}),
	isolation: z
		.enum(['clone', 'worktree'])
		.default('clone')
		.describe('worktree is cheaper: a session then shares the objects, branches and settings of the target.'),
	timezone: z.string().optional().describe("IANA name such as Europe/Vienna. Default: the machine's."),
	intervalSeconds: z
		.number()
		.int()
		.positive()
		.default(300)
		.describe('Between two looks at the remote when idle, seconds.'),
	whenUnwatched: z
		.enum(['continue', 'finish'])
		.default('continue')
		.describe('What the pilot does when the last dashboard has gone.'),
	explore: z
		.strictObject({
			enabled: z.boolean().default(false).describe('Look for work, read-only, when nothing is pending.'),
			everyMinutes: z.number().positive().default(240).describe('At most one exploration in so many minutes.'),
		})
		.prefault({}),
	limits: LimitsConfig.prefault({}),
	budget: BudgetConfig.prefault({}),
	memory: z
		.strictObject({
			tokens: z
				.number()
				.int()
				.nonnegative()
				.default(4000)
				.describe('How much of a prompt memory may take, in tokens of about 4 characters.'),
		})
		.prefault({}),
	git: z
		.strictObject({
			remote: z.string().default('origin'),
			branch: z.string().optional().describe('Default: the branch checked out in the workspace.'),
			syncSeconds: z.number().int().positive().default(300),
			push: z.boolean().default(true).describe('Push the workspace. Without a remote nothing is pushed anyway.'),
			offline: z.enum(['auto', 'continue', 'hold']).default('auto'),
			leaseMinutes: z
				.number()
				.positive()
				.default(15)
				.describe('A mission whose machine is not heard of for so long is taken over by another.'),
		})
		.prefault({}),
	telegram: z
		.strictObject({
			chatIds: z
				.array(z.number().int())
				.default([])
				.describe('The only chats that are heard; anyone else gets silence.'),
			apiRoot: z.url().default('https://api.telegram.org'),
		})
		.prefault({}),
	...lookConfig,
	keys: KeysConfig,
	slack: z.strictObject({}).optional(),
	discord: z.strictObject({}).optional(),
});
export type Config = z.infer<typeof Config>;

/** A limit as a number, `none` being Infinity. */
export const limitOf = (value: number | 'none') => (value === 'none' ? Number.POSITIVE_INFINITY : value);
