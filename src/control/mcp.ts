import {McpServer} from '@modelcontextprotocol/sdk/server/mcp.js';
import {WebStandardStreamableHTTPServerTransport} from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {z} from 'zod';
import {type ChannelCall, type ChannelTool, channelTools, type ReportChannel} from './channel.js';

/** `anthropic/alwaysLoad` puts a tool into the first request; others are found by name (claude 2.1.328). */
const metaOf = (always: boolean) => (always ? {'anthropic/alwaysLoad': true} : {});

const permissionInput = {
	tool_name: z.string().max(200),
	input: z.record(z.string(), z.unknown()),
	tool_use_id: z.string().optional(),
};

/** Claude Code itself calls it (`--permission-prompt-tool`), and keeps it from the model. It only asks; whoever answers comes another way. */
function offerPermission(server: McpServer, token: string, channel: ReportChannel, gone: AbortSignal) {
	const about = {description: 'Asks the human whether a tool may be used.', inputSchema: permissionInput};
	server.registerTool('permission', about, async ({tool_name: tool, input}) => {
		const answer = await channel.permission(token, {tool, input}, gone);
		return {content: [{type: 'text' as const, text: JSON.stringify(answer)}]};
	});
}

function createServer(token: string, channel: ReportChannel, version: string, gone: AbortSignal): McpServer {
	const server = new McpServer({name: 'pilot', version});
	for (const [tool, {description, input, always}] of Object.entries(channelTools)) {
		server.registerTool(tool, {description, inputSchema: input, _meta: metaOf(always)}, async (given: unknown) => {
			// The server has checked the input against the tool's schema.
			const call = {tool: tool as ChannelTool, input: given} as ChannelCall;
			return {content: [{type: 'text' as const, text: await channel.call(token, call)}]};
		});
	}
	offerPermission(server, token, channel, gone);
	return server;
}

/** Answers one MCP request of one session: stateless streamable HTTP, plain JSON answers. */
export async function answerMcp(
	request: Request,
	token: string,
	channel: ReportChannel,
	version: string,
): Promise<Response> {
	const server = createServer(token, channel, version, request.signal);
	const transport = new WebStandardStreamableHTTPServerTransport({enableJsonResponse: true});
	await server.connect(transport);
	return transport.handleRequest(request);
}
