import {ownAttributes} from '../git/index.js';
import {defaultSoul} from '../notes/index.js';
import {builtInTemplates} from '../session/index.js';

export interface LayoutChoice {
	/** Path of a target relative to the workspace; undefined for none yet. */
	readonly targetPath: string | undefined;
	readonly targetName: string | undefined;
	readonly agent: string;
}

const quoted = (text: string) => JSON.stringify(text);

export function configYaml({targetPath, targetName, agent}: LayoutChoice): string {
	const targets = targetPath
		? `targets:\n  - name: ${quoted(targetName ?? 'app')}\n    path: ${quoted(targetPath)}\n`
		: '# targets:\n#   - name: app\n#     path: ../my-app\n';
	return `# yaml-language-server: $schema=.pilot/config.schema.json
# How the pilot works here. Every key has a default; \`pilot-tui config schema\` lists them all, \`pilot-tui config check\` checks this file.

# The repositories that missions work on. A mission names one by +name; without one it works on the first.
${targets}
# Who does the work: claude (your own Claude Code), or demo (simulated: no account, no tokens).
agent: ${quoted(agent)}

limits:
  runsPerDay: 20        # sessions in one UTC day; none = no limit
  missionMinutes: 60    # wall time of one session

budget:
  warnPercent: 75       # a quota window fuller than this is told
  stopPercent: 90       # and fuller than this waits for its reset: the rest stays yours

# telegram:
#   chatIds: [123456789]  # only these are heard; the token goes into .env as TELEGRAM_BOT_TOKEN
`;
}

export const missionsMd = `# Missions

One line is enough: \`- [ ] what shall be true afterwards\`. The pilot takes the first that can start, marks it, and moves it on. Everything
else in this file is yours; bytes it has no reason to change stay as they are.

Behind the title, all optional: \`!1\` to \`!4\` or \`(critical|high|medium|low)\`, \`+target\`, \`@template\`, \`after:^m-123abc\`, \`access:write\`.
Without \`access:write\` a mission only reads. Indented below: a description, \`### Acceptance Criteria\`, \`### Test Steps\`; a criterion in
backticks is a command that the pilot runs itself. Templates: audit, review, docs, tests, implement, explore.

## Pending

## In Progress

## Blocked

## Failed

## Done
`;

const gitignore = `# Local to this machine: sockets, logs, checkouts, recordings.
.pilot/
# Secrets.
.env
`;

/** The files of a fresh workspace, by path. */
export function layoutFiles(choice: LayoutChoice): Readonly<Record<string, string>> {
	const templates = Object.entries(builtInTemplates).map(([name, text]) => [`templates/${name}.md`, `${text}\n`]);
	return {
		'config.yaml': configYaml(choice),
		'missions.md': missionsMd,
		'soul.md': defaultSoul,
		'usage.md':
			'<!-- Paste what /usage prints in Claude Code below this line; the pilot reads it when it changes. -->\n',
		'memory/summary.md': '# What was done lately\n',
		'memory/learnings.md': '# Learnings\n',
		'memory/human-preferences.md': '# What the human prefers\n',
		'journal/README.md':
			'# Journal\n\nOne file a day, one entry for each mission that ended: what was done, what was found, what holds it up. Only ever appended to.\n',
		'state/README.md':
			'# State\n\nOne file a machine: what must survive. Written by the pilot; nothing in here is meant to be edited.\n',
		'.gitignore': gitignore,
		'.gitattributes': `# These files are merged by what they mean, also when you pull; the pilot sets each clone up for it.\n${ownAttributes}`,
		...Object.fromEntries(templates),
	};
}
