import {McpServer} from '@modelcontextprotocol/sdk/server/mcp.js';
import {WebStandardStreamableHTTPServerTransport} from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {type ChannelCall, type ChannelTool, channelTools, type ReportChannel} from './channel.js';

/** `anthropic/alwaysLoad` puts a tool into the first request; others are found by name (claude 2.1.328). */
const metaOf = (always: boolean) => (always ? {'anthropic/alwaysLoad': true} : {});

function createServer(token: string, channel: ReportChannel, version: string): McpServer {
	const server = new McpServer({name: 'pilot', version});
	for (const [tool, {description, input, always}] of Object.entries(channelTools)) {
		server.registerTool(tool, {description, inputSchema: input, _meta: metaOf(always)}, async (given: unknown) => {
			// The server has checked the input against the tool's schema.
			const call = {tool: tool as ChannelTool, input: given} as ChannelCall;
			return {content: [{type: 'text' as const, text: await channel.call(token, call)}]};
		});
	}
	return server;
}

/** Answers one MCP request of one session: stateless streamable HTTP, plain JSON answers. */
export async function answerMcp(
	request: Request,
	token: string,
	channel: ReportChannel,
	version: string,
): Promise<Response> {
	const server = createServer(token, channel, version);
	const transport = new WebStandardStreamableHTTPServerTransport({enableJsonResponse: true});
	await server.connect(transport);
	return transport.handleRequest(request);
}
