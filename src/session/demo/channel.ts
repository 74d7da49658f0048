interface ToolAnswer {
	readonly result?: {readonly content?: readonly {readonly text?: string}[]};
}

/** Calls one tool of the report channel, as an MCP client would: one JSON-RPC request over HTTP. Gives what it is told. */
export async function callTool(
	{url, token}: {url: string; token: string},
	name: string,
	args: object,
): Promise<string> {
	const response = await fetch(url, {
		method: 'POST',
		headers: {
			Authorization: `Bearer ${token}`,
			'Content-Type': 'application/json',
			Accept: 'application/json, text/event-stream',
		},
		body: JSON.stringify({jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name, arguments: args}}),
	});
	if (!response.ok) return `HTTP ${response.status}`;
	const {result} = (await response.json()) as ToolAnswer;
	return result?.content?.[0]?.text ?? '';
}
