/**
 * What a session's process gets of pilot's own environment; everything else stays out, pilot's secrets and the way to the human's ssh
 * keys first of all.
 */
const allowed = [
	'PATH',
	'HOME',
	'USER',
	'LOGNAME',
	'SHELL',
	'LANG',
	'LANGUAGE',
	'TZ',
	'TMPDIR',
	'XDG_CONFIG_HOME',
	'XDG_DATA_HOME',
	'XDG_CACHE_HOME',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'NO_PROXY',
	'http_proxy',
	'https_proxy',
	'no_proxy',
	'NODE_EXTRA_CA_CERTS',
	'CLAUDE_CONFIG_DIR',
];

/** The environment of a session or of a command that pilot runs in a checkout. */
export function allowedEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
	const entries = Object.entries(env).filter(
		([name, value]) => value !== undefined && (allowed.includes(name) || name.startsWith('LC_')),
	);
	return {...(Object.fromEntries(entries) as Record<string, string>), TERM: 'xterm-256color', COLORTERM: 'truecolor'};
}

/** The same for what the human has written down to be run, such as `targets[].setup`: it may need their ssh keys. */
export const trustedEnvironment = (env: Readonly<Record<string, string | undefined>>): Record<string, string> => ({
	...allowedEnvironment(env),
	...(env.SSH_AUTH_SOCK ? {SSH_AUTH_SOCK: env.SSH_AUTH_SOCK} : {}),
});
