import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {parseEnv} from 'node:util';
import {PilotError} from '../domain/pilot-error.js';
import {readIfThere} from '../kernel/files.js';

export const secretNames = [
	'TELEGRAM_BOT_TOKEN',
	'GITHUB_TOKEN',
	'LINEAR_API_KEY',
	'ANTHROPIC_API_KEY',
	'SLACK_WEBHOOK_URL',
	'DISCORD_WEBHOOK_URL',
	'TAVILY_API_KEY',
] as const;

/** Further names in `.env` whose values are taken for secrets. */
const secretName = /(TOKEN|KEY|SECRET|PASSWORD|PASSPHRASE|CREDENTIALS?|WEBHOOK_URL)$/i;

const hiddenIn = (file: Readonly<Record<string, string | undefined>>) =>
	Object.entries(file).flatMap(([name, value]) => (secretName.test(name) ? [value] : []));

export interface Secrets {
	/** The environment with `.env` beneath it: what is set outside wins. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Values that no sink may show. */
	readonly values: readonly string[];
}

/** Throws SECRETS_OPEN where others on this machine can read the file: what they may have read is no secret any more. */
function refuseOpen(file: string) {
	if ((statSync(file).mode & 0o077) === 0) return;
	throw new PilotError('SECRETS_OPEN', {
		what: `${file} holds secrets, and others on this machine can read it.`,
		todo: `Close it with \`chmod 600 ${JSON.stringify(file)}\`; give out new tokens if somebody else works on this machine.`,
	});
}

/** Secrets come from the environment or from the workspace's `.env`, and from nowhere else. @throws SECRETS_OPEN */
export function loadSecrets(workspace: string, env: Readonly<Record<string, string | undefined>>): Secrets {
	const file = path.join(workspace, '.env');
	if (existsSync(file)) refuseOpen(file);
	const fromFile = parseEnv(readIfThere(file)?.toString('utf8') ?? '');
	const all = {...fromFile, ...env};
	return {
		env: all,
		values: [...secretNames.map(name => all[name]), ...hiddenIn(fromFile)].filter(value => value !== undefined),
	};
}
