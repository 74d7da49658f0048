// Writes docs/configuration.md from the schema of config.yaml, docs/keys.md from the tables of keys and docs/commands.md from the verbs. `--check` exits 1 when one is stale.
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {loadSource} from './load-source.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const {configJsonSchema} = await loadSource('src/config/index.ts');
const {keyActions, keyLabel, keyNameOf} = await loadSource('src/domain/keys.ts');
const {copyKeymap} = await loadSource('src/view/copy-keymap.ts');
const {readerKeymap} = await loadSource('src/view/reader-keymap.ts');
const {commandNames, loadCommand} = await loadSource('src/commands/_registry.ts');

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
		// One row for all of them: their names, keys and sentences are a page of their own.
		if (key === 'keys')
			return [`| \`keys.<action>\` | a key or a list of keys | see [keys](keys.md) | ${child.description} |`];
		const inner =
			child.type === 'array' && child.items?.properties ? rows(child.items, `${key}[].`) : rows(child, `${key}.`);
		if (inner.length > 0) return inner;
		return [
			`| \`${key}\` | ${typeOf(child)} | ${shown(child.default)} | ${(child.description ?? '').replaceAll('|', '\\|')} |`,
		];
	});
}

const configuration = `# Configuration

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

const inCell = words => words.replaceAll('|', '\\|');
const code = words => (words === '`' ? '`` ` ``' : `\`${inCell(words)}\``);
const places = {queue: 'while the queue has the focus', pane: 'while a pane has the focus', all: ''};

const actionRows = Object.entries(keyActions).map(
	([action, {keys, place, about}]) =>
		`| \`${action}\` | ${keys.map(key => code(keyLabel(keyNameOf(key)))).join(' ')} | ${inCell(about)} | ${places[place]} |`,
);
const fixedRows = keymap =>
	keymap.filter(({about}) => about !== '').map(({label, about}) => `| ${code(label)} | ${inCell(about)} |`);

const keys = `# Keys

Made from the tables that the dashboard itself goes by (\`npm run gen:docs\`). \`?\` shows them with the keys that you have chosen.

## Of the dashboard

Every action can have other keys, one or several, in \`config.yaml\`; \`[]\` leaves it to the command palette alone:

\`\`\`yaml
keys:
  skip: S
  zoom: [Z, ctrl-f]
\`\`\`

A key is a character, \`ctrl-\` and a letter, or one of \`up down left right pageup pagedown home end tab space enter\`. \`pilot-tui config check\`
names two actions that one key would stand for in the same place. Not to be chosen: \`Ctrl-C\`, which always quits (twice: at once), \`Esc\`,
which goes back, and \`1\` to \`9\`, which look at sessions. The pilot reads them at its start.

| action | keys | what it does | works |
| --- | --- | --- | --- |
${actionRows.join('\n')}

## Of copy mode

| key | what it does |
| --- | --- |
${fixedRows(copyKeymap).join('\n')}

## Of what is read over the whole window

| key | what it does |
| --- | --- |
${fixedRows(readerKeymap).join('\n')}
`;

const specs = (await Promise.all(commandNames.map(loadCommand))).filter(({hidden}) => !hidden);
const verb = ({name}) => (name === 'dashboard' ? 'pilot-tui' : `pilot-tui ${name}`);
const tableOf = (head, entries) =>
	entries.length === 0
		? ''
		: `\n| ${head} | |\n| --- | --- |\n${entries.map(([left, right]) => `| ${code(left)} | ${inCell(right)} |`).join('\n')}\n`;

const commands = `# Commands

Made from the verbs themselves (\`npm run gen:docs\`). Every verb has \`--help\`, \`--json\` (one JSON document) and \`--workspace DIR\` (default: the
nearest folder upward that is one). Exit codes: 0 fine; 1 the thing asked for failed; 2 wrong usage or configuration; 3 another pilot owns the
workspace; 4 no pilot is running here; 70 a fault of the pilot's own; 74 storage cannot be written; 130 interrupted.

${specs
	.map(
		spec =>
			`## ${verb(spec)}\n\n${spec.summary}\n${tableOf('argument', spec.args ?? [])}${tableOf('option', spec.options ?? [])}\n\`\`\`sh\n${spec.example}\n\`\`\`\n`,
	)
	.join('\n')}`;

const pages = {'configuration.md': configuration, 'keys.md': keys, 'commands.md': commands};
for (const [name, text] of Object.entries(pages)) {
	const file = path.join(root, 'docs', name);
	if (!process.argv.includes('--check')) writeFileSync(file, text);
	else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
		console.error(`docs/${name} is stale: npm run gen:docs`);
		process.exitCode = 1;
	}
}
