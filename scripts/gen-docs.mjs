// Writes docs/configuration.md from the schema of config.yaml. `--check` exits 1 when it is stale. Needs a build.
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {loadSource} from './load-source.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const {configJsonSchema} = await loadSource('src/config/index.ts');
const file = path.join(root, 'docs', 'configuration.md');

const shown = value => (value === undefined ? '' : `\`${JSON.stringify(value)}\``);

function typeOf(node) {
	if (node.const !== undefined) return shown(node.const);
	if (node.enum) return node.enum.map(shown).join(', ');
	if (node.anyOf) return node.anyOf.map(typeOf).join(' or ');
	if (node.type === 'array') return `list of ${typeOf(node.items ?? {})}`;
	return node.type ?? 'anything';
}

function rows(node, prefix) {
	return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
		const key = `${prefix}${name}`;
		const inner =
			child.type === 'array' && child.items?.properties ? rows(child.items, `${key}[].`) : rows(child, `${key}.`);
		if (inner.length > 0) return inner;
		return [
			`| \`${key}\` | ${typeOf(child)} | ${shown(child.default)} | ${(child.description ?? '').replaceAll('|', '\\|')} |`,
		];
	});
}

const text = `# Configuration

\`config.yaml\` in the workspace; every key has a default but a target's \`name\` and \`path\`. This page is made from the schema (\`npm run gen:docs\`);
\`pilot-tui config schema\` prints the schema itself, \`pilot-tui config check\` checks your file and says line, column, what is allowed and the
nearest key.

| key | type | default | meaning |
| --- | --- | --- | --- |
${rows(configJsonSchema(), '').join('\n')}

## Environment

| variable | meaning |
| --- | --- |
| \`PILOT_AGENT\`, \`PILOT_MODE\`, \`PILOT_TIMEZONE\`, \`PILOT_CLAUDE_COMMAND\`, \`PILOT_INTERVAL_SECONDS\`, \`PILOT_RUNS_PER_DAY\`, \`PILOT_TELEGRAM_API_ROOT\` | stand over the key of that name |
| \`PILOT_DEBUG\` | more in \`.pilot/logs/pilot.log\`, stack traces on the screen |
| \`TELEGRAM_BOT_TOKEN\`, \`TELEGRAM_CHAT_ID\`, \`ANTHROPIC_API_KEY\` | secrets: from the environment or from \`.env\` (mode 0600), and from nowhere else |
| \`NO_COLOR\` | no colours |

An agent's process gets an allow-list of the environment (\`PATH\`, \`HOME\`, locale, proxy settings …) and what \`claude.env\` names; with
\`claude.auth: api-key\` also \`ANTHROPIC_API_KEY\`. Pilot's own secrets never reach it.
`;

if (process.argv.includes('--check')) {
	const isFresh = existsSync(file) && readFileSync(file, 'utf8') === text;
	if (!isFresh) console.error('docs/configuration.md is stale: npm run gen:docs');
	process.exit(isFresh ? 0 : 1);
}
writeFileSync(file, text);
