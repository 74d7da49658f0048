import {limitOf} from '../../domain/config.js';
import {defineAgent, type LaunchRequest} from '../agent.js';
import {driveClaude} from '../interactive/drive-claude.js';
import {writeLaunchFiles} from '../interactive/launch-files.js';
import {noIsolation, wantsBypass} from '../isolation.js';
import {judgeClaude} from '../stream/claude-ending.js';
import {parseClaudeLine} from '../stream/claude-line.js';

const channelTools = ['report', 'remember', 'propose_mission', 'ask_human', 'block', 'progress'].map(
	tool => `mcp__pilot__${tool}`,
);

const readingTools = [
	'Read',
	'Grep',
	'Glob',
	'LS',
	'WebFetch',
	'WebSearch',
	'Task',
	'Agent',
	'TodoWrite',
	'ToolSearch',
];
const readingCommands = [
	'ls',
	'cat',
	'head',
	'tail',
	'wc',
	'pwd',
	'git log',
	'git show',
	'git diff',
	'git status',
	'git blame',
	'git ls-files',
	'git grep',
];
const changingTools = ['Edit', 'Write', 'NotebookEdit'];
const branchCommands = ['git add', 'git commit', 'git mv', 'git rm', 'git restore', 'mkdir', 'mv', 'cp', 'touch'];

const bash = (command: string) => `Bash(${command}:*)`;

/**
 * What holds a session in that is asked for no permission; undefined for one that is asked.
 *
 * @throws {PilotError} NO_ISOLATION
 */
function loosenedBy({config, isolation, mission: {access}}: LaunchRequest): 'container' | 'sandbox' | undefined {
	if (access === 'read' || !wantsBypass(config)) return;
	if (isolation?.kind === 'container') return 'container';
	if (isolation?.kind === 'sandbox' && access === 'write') return 'sandbox';
	throw noIsolation(access === 'trusted' ? 'access:trusted works outside of the sandbox' : 'none was looked for');
}

const permissionTool = 'mcp__pilot__permission';

/** Claude Code offers these to a session that may ask; they are talk with a human, not permissions. */
const talkingTools = ['AskUserQuestion', 'EnterPlanMode', 'ExitPlanMode'];

const modeOf = ({config, mission}: LaunchRequest) =>
	mission.access === 'read' ? 'dontAsk' : (config.claude.permissionMode ?? 'acceptEdits');

/** True where what the rules do not allow is put before a human by pilot, instead of being refused at once. */
const asksPilot = (request: LaunchRequest) =>
	request.style === 'headless' &&
	request.config.approvals.permissions !== 'never' &&
	!['dontAsk', 'bypassPermissions'].includes(modeOf(request));

/** What neither way of asking has for the model: pilot's tool is Claude Code's own to call, where it is called at all. */
const askingTools = (request: LaunchRequest) => (asksPilot(request) ? talkingTools : [permissionTool]);

/** Tools by access. What is not named is refused, or asked for where somebody can answer. */
function toolRules(request: LaunchRequest): {allow: string[]; deny: string[]} {
	const {access} = request.mission;
	const {config, testCommand} = request;
	const reading = [...readingTools, ...readingCommands.map(bash), ...channelTools];
	if (access === 'read') return {allow: reading, deny: [...changingTools, ...askingTools(request)]};
	const tests = testCommand ? [bash(testCommand)] : [];
	// Past permissions and outside of the sandbox, they would change any file: what changes something goes through the sandbox then.
	const loose = loosenedBy(request) === 'sandbox' ? changingTools : [];
	const edit = loose.length > 0 ? [] : changingTools;
	return {
		allow: [...reading, ...edit, ...branchCommands.map(bash), ...tests, ...config.claude.allow],
		deny: [bash('git push'), bash('git remote'), ...loose, ...askingTools(request)],
	};
}

/** What both ways of running it take. The permission mode is never left to a default, which differs between them. */
function commonArguments(request: LaunchRequest): string[] {
	const {config, agentSessionId, resume, prompt} = request;
	const files = writeLaunchFiles(request);
	const rules = toolRules(request);
	return [
		...['--permission-mode', modeOf(request), '--setting-sources', 'user', '--settings', files.settings],
		...['--mcp-config', files.mcp, '--strict-mcp-config'],
		...['--allowedTools', rules.allow.join(','), '--disallowedTools', rules.deny.join(',')],
		...(config.claude.model ? ['--model', config.claude.model] : []),
		...(resume ? ['--resume', agentSessionId] : ['--session-id', agentSessionId]),
		...(prompt === '' ? [] : ['--', prompt]),
	];
}

function headlessArguments(request: LaunchRequest): string[] {
	const {config} = request;
	const turns = config.claude.maxTurns ?? limitOf(config.limits.turnsPerMission);
	return [
		...['-p', '--output-format', 'stream-json', '--verbose', '--include-partial-messages'],
		...(asksPilot(request) ? ['--permission-prompt-tool', permissionTool] : []),
		...(Number.isFinite(turns) ? ['--max-turns', String(turns)] : []),
	];
}

/** The user's own Claude Code, driven by its documented flags. Facts about it were measured with 2.1.328. */
export default defineAgent({
	name: 'claude',
	simulated: false,
	// @see github.com/anthropics/claude-code/issues/28922: sessions that start together have truncated ~/.claude.json.
	startsApartMs: 2000,
	can: {takeOver: true, report: true, resume: true},
	program: config => config.claude.command,
	parseLine: parseClaudeLine,
	judge: judgeClaude,
	launch(request) {
		const {config, env, secretEnv, style} = request;
		const key = config.claude.auth === 'api-key' ? secretEnv.ANTHROPIC_API_KEY : undefined;
		return {
			file: config.claude.command,
			args: [...(style === 'headless' ? headlessArguments(request) : []), ...commonArguments(request)],
			...(style === 'headless' ? {} : {drive: driveClaude(request)}),
			// An update in the middle of a mission, or a daemon that outlives it, would be somebody else's surprise.
			env: {
				...env,
				DISABLE_AUTOUPDATER: '1',
				CLAUDE_CODE_DISABLE_AGENT_VIEW: '1',
				// Without it Claude Code refuses root what was looked into here.
				...(loosenedBy(request) ? {IS_SANDBOX: '1'} : {}),
				...(key ? {ANTHROPIC_API_KEY: key} : {}),
				...config.claude.env,
			},
		};
	},
});
