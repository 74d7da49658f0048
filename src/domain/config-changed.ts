/** config.yaml is not what the pilot has read at its start; `problem`: nothing could start with it, and why. */
export const configChanged = (problem: string | undefined): string =>
	problem === undefined
		? 'config.yaml changed: read at the next start (q, s, and start again)'
		: `config.yaml changed, and nothing starts with it: ${problem}`;
