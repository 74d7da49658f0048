import {fileURLToPath} from 'node:url';
import {defineAgent} from '../agent.js';
import {judgeClaude} from '../stream/claude-ending.js';
import {parseClaudeLine} from '../stream/claude-line.js';

const program = fileURLToPath(new URL('./demo-agent.js', import.meta.url));

/** Simulated, and always labelled so: a real process in a real terminal that speaks as Claude Code does and calls no model. */
export default defineAgent({
	name: 'demo',
	simulated: true,
	can: {takeOver: false, report: true, resume: true},
	program: () => undefined,
	parseLine: parseClaudeLine,
	judge: judgeClaude,
	launch: ({config, mission, env, channel, agentSessionId, resume, attempt}) => ({
		file: process.execPath,
		args: [program],
		env: {
			...env,
			PILOT_DEMO: JSON.stringify({
				title: mission.title,
				access: mission.access,
				wish: /^\s*demo:\s*(.+)$/im.exec(mission.description)?.[1] ?? '',
				url: `${channel.url}/mcp`,
				token: channel.token,
				session: agentSessionId,
				resume,
				attempt,
				pace: config.demo.pace,
			}),
		},
	}),
});
