import {describe, expect, test} from 'vitest';
import {type CommandConfig, Config} from '../../src/domain/config.js';
import {systemClock} from '../../src/kernel/clock.js';
import {readIfThere} from '../../src/kernel/files.js';
import command from '../../src/session/agents/command.js';
import {createEcho} from '../../src/session/command/echo.js';
import {createPrinted} from '../../src/session/command/printed.js';
import {type RigOptions, startRig} from './rig.js';

/** Starts `sh -c SCRIPT` as the tool; `$0` is the prompt where it comes as an argument. */
function startShell(script: string, more: Partial<CommandConfig> = {}, options: RigOptions = {}) {
	const asArgument = (more.prompt ?? 'argument') === 'argument';
	const argv = ['sh', '-c', script, ...(asArgument ? ['{prompt}'] : [])];
	const config = Config.parse({agent: 'command', command: {argv, ...more}});
	return startRig(command, {...options, request: {config, ...options.request}});
}

const textIn = (dir: string, name: string) => readIfThere(`${dir}/${name}`)?.toString('utf8');

describe('how it gets its prompt', () => {
	test('as an argument, whatever is in it', async () => {
		const prompt = 'Say "$HOME" `id` $& $$ and\nö {prompt}';
		const {session, dir} = startShell('printf %s "$0" > got', {}, {request: {prompt}});
		await expect(session.ended).resolves.toMatchObject({outcome: 'completed', why: 'sh ended with exit code 0'});
		expect(textIn(dir, 'got')).toBe(prompt);
	});

	test('typed at its terminal, with an end; lines longer than a terminal takes are folded', async () => {
		const long = 'word '.repeat(2000).trim();
		const {session, dir} = startShell('cat > got', {prompt: 'stdin'}, {request: {prompt: `One\nTwo\n${long}\n`}});
		await expect(session.ended).resolves.toMatchObject({outcome: 'completed'});
		const got = textIn(dir, 'got') ?? '';
		expect(got.startsWith('One\nTwo\nword word')).toBe(true);
		expect(got.replaceAll('\n', ' ').split(/ +/).filter(Boolean)).toHaveLength(2002);
	});

	test('without the control characters that would be keys', async () => {
		const prompt = 'One\u0003\u0004\r\n\tTwo \u001b[201~\u009b31m\u001a\u007f end';
		const {session, dir} = startShell('cat > got', {prompt: 'stdin'}, {request: {prompt}});
		await expect(session.ended).resolves.toMatchObject({outcome: 'completed'});
		expect(textIn(dir, 'got')).toBe('One\n\tTwo [201~31m end\n');
	});

	test('pasted as one text, once it is ready, then Enter', {timeout: 20_000}, async () => {
		const script = 'stty raw -echo; printf "ready> "; dd bs=1 count=20 of=got 2>/dev/null; stty sane; echo bye';
		const {session, dir} = startShell(script, {prompt: 'paste'}, {request: {prompt: 'One\nTwo'}});
		await expect(session.ended).resolves.toMatchObject({outcome: 'completed', lastWords: 'bye'});
		expect(textIn(dir, 'got')).toBe('\u001b[200~One\nTwo\u001b[201~\r');
	});
});

describe('when it is done', () => {
	test('by its exit: any code but 0 is a failure, with its last line', async () => {
		const {session} = startShell('echo "no key is set"; exit 3');
		await expect(session.ended).resolves.toMatchObject({
			outcome: 'failed',
			exitCode: 3,
			why: 'sh ended with exit code 3: no key is set',
		});
	});

	test('by its silence, after it has said something', async () => {
		const {session, phases} = startShell('sleep 0.6; echo "all is well"; exec sleep 60', {
			doneWhen: 'idle',
			idleSeconds: 1,
		});
		await expect(session.ended).resolves.toMatchObject({
			outcome: 'completed',
			why: 'printed nothing for 1 s',
			lastWords: 'all is well',
		});
		expect(phases).toContain('busy: output: printing');
		expect(phases).toContain('finishing: output: printed nothing for 1 s');
	});

	test('by its words, also when colours and pieces come between', async () => {
		const script = 'printf "task \\033[1mDO"; sleep 0.2; printf "\\033["; sleep 0.2; printf "0mNE.\\n"; exec sleep 60';
		const {session, shown} = startShell(script, {doneWhen: '^task DONE\\.$'});
		await expect(session.ended).resolves.toMatchObject({
			outcome: 'completed',
			why: 'printed what matches ^task DONE\\.$',
		});
		expect(shown()).toContain('DO');
	});
});

describe('what it shows again of its prompt is no answer', () => {
	const prompt =
		'# Mission: mend it\n\nALL DONE\n\nWhen everything is finished, print ALL DONE and end with a short summary.';

	test.each([
		['a terminal that echoes', 'cat > /dev/null', 'ALL DONE'],
		['a program that prints it too', 'cat', 'ALL DONE'],
		['only an echo, then silence', 'cat > /dev/null', 'idle'],
	])('%s', {timeout: 15_000}, async (_, script, doneWhen) => {
		const {session} = startShell(
			`${script}; sleep 2.5; exit 4`,
			{prompt: 'stdin', doneWhen, idleSeconds: 1},
			{request: {prompt}},
		);
		await expect(session.ended).resolves.toMatchObject({outcome: 'failed', why: 'sh ended with exit code 4'});
	});

	test('a shell that shows what is pasted; its answer counts when it comes', {timeout: 15_000}, async () => {
		const argv = ['bash', '--norc', '--noprofile', '-i'];
		const config = Config.parse({agent: 'command', command: {argv, prompt: 'paste', doneWhen: 'ALL DONE'}});
		const text = '# When it is finished, print ALL DONE\nsleep 3; printf "ALL %s\\n" DONE';
		const {session, shown} = startRig(command, {request: {config, prompt: text}});
		await expect.poll(shown, {timeout: 8000}).toContain('print ALL DONE');
		await systemClock.sleep(2000);
		expect(session.phase).toBe('busy');
		await expect.poll(() => session.why, {timeout: 8000}).toBe('output: printed what matches ALL DONE');
	});

	test('an answer in the very words that were asked for counts, also at once and without an echo', async () => {
		const script =
			'stty raw -echo; printf "ready> "; dd bs=1 count=20 of=got 2>/dev/null; echo "ALL DONE"; exec sleep 60';
		const {session} = startShell(script, {prompt: 'paste', doneWhen: '^ALL DONE'}, {request: {prompt}});
		await expect(session.ended).resolves.toMatchObject({why: 'printed what matches ^ALL DONE', lastWords: 'ALL DONE'});
	});

	test('in frames, wrapped, in part, or drawn again later', () => {
		const echo = createEcho(prompt);
		const box = (lines: string[]) => lines.map(line => `│ ${line} │\n`).join('');
		const wrapped = [
			'> # Mission: mend it',
			'ALL DONE',
			'When everything is fini',
			'shed, print ALL DONE and',
			'end with a short summary.',
		];
		expect(echo.answerIn(box(wrapped))).toBe('');
		expect(echo.answerIn(`${box(wrapped)}Working\nALL DONE\n`)).toContain('Working\nALL DONE');
		expect(echo.answerIn('ALL DONE\nWhen everything is finished,\nWorking\n')).toBe('Working');
		expect(echo.answerIn('^[[200~Something else^[[201~')).toBe('Something else');
		expect(echo.says(box(wrapped.slice(3)), /ALL DONE/gm)).toBe(false);
		expect(echo.says(`${box(wrapped.slice(3))}ALL DONE\n`, /ALL DONE/gm)).toBe(true);
		expect(echo.says('$ ', /\$ $/gm)).toBe(true);
	});
});

test('named variables reach it, and no others', async () => {
	const {session, dir} = startShell(
		'printf %s "$NAMED,$OTHER" > got',
		{passEnv: ['NAMED', 'UNSET']},
		{
			request: {secretEnv: {NAMED: 'yes', OTHER: 'no'}},
		},
	);
	await session.ended;
	expect(textIn(dir, 'got')).toBe('yes,');
});

test('keys of whoever is attached reach it; what it printed is on the screen as it was', async () => {
	const {session, screen, shown} = startShell(
		'printf "name? "; read -r name; printf "\\033[31mhello %s\\033[0m\\n" "$name"',
	);
	await expect.poll(shown).toContain('name?');
	screen.input('Ann\r');
	await expect(session.ended).resolves.toMatchObject({outcome: 'completed'});
	expect(shown()).toContain('hello Ann');
	expect(shown()).toMatch(/\u001b\[[\d;]*31m/);
});

test('a program that asks its terminal without end and never reads the answers holds nothing up; what is lost is said', async () => {
	const {session, phases} = startShell('stty raw -echo; while :; do printf "\\033[c%.0s" $(seq 1000); done');
	const lost = 'busy: pilot: it reads nothing; what is typed now is lost';
	await expect.poll(() => phases.filter(phase => phase === lost), {timeout: 20_000}).toHaveLength(1);
	await session.stop({outcome: 'stopped', why: 'enough'});
	await expect(session.ended).resolves.toMatchObject({why: 'enough'});
}, 30_000);

test('a flood is shown as fast as the screen takes it, and ended at its limit', async () => {
	const {session} = startShell('yes flood', {}, {limits: {bytes: 8_000_000}});
	await expect(session.ended).resolves.toMatchObject({outcome: 'overran', why: 'printed more than 8 MB'});
});

describe('printed text', () => {
	const whole = '\u001b]0;title\u0007one\u001b[31;1m two\u001b[0m\r\nthree\u001b(B\u001b[?25l ö🙂\r\nfour\rfive\r\n';
	const wanted = 'one two\nthree ö🙂\nfour\nfive\n';

	test('is the same in whatever pieces it comes', () => {
		const bytes = Buffer.from(whole);
		for (let size = 1; size <= bytes.length; size++) {
			const printed = createPrinted();
			for (let at = 0; at < bytes.length; at += size) printed.push(bytes.subarray(at, at + size));
			printed.push(Buffer.from('.'));
			expect(printed.tail).toBe(`${wanted}.`);
		}
	});

	test('has no control left in it, however sequences are nested and cut', () => {
		const hostile = 'a\u001b\u001b[0m]52;c;eA==\u001b\u001b[0m\\ \u009b31mb\u009d0;c\u009cd \u202ee\u001b';
		const bytes = Buffer.from(hostile);
		for (let size = 1; size <= bytes.length; size++) {
			const printed = createPrinted();
			for (let at = 0; at < bytes.length; at += size) printed.push(bytes.subarray(at, at + size));
			expect(printed.tail).toBe('a]52;c;eA==\\ bd e');
		}
	});

	test('is made at once of whatever comes', () => {
		const started = performance.now();
		for (const part of ['\u009d', '\r', '\u001b]', '\u001b['])
			createPrinted().push(Buffer.from(`${part.repeat(100_000)}x`));
		expect(performance.now() - started).toBeLessThan(1000);
	});

	test('of a flood is its end, from a line that is whole', () => {
		const printed = createPrinted();
		printed.push(Buffer.from('\u001b]0;a title that is cut'));
		for (let n = 0; n < 30_000; n++) printed.push(Buffer.from(`\u001b[32mline ${n}\u001b[0m of it\r\n`));
		expect(printed.tail).toMatch(/^[ \w]*\n(?:line \d+ of it\n)+$/);
		expect(printed.tail.endsWith('line 29999 of it\n')).toBe(true);
	});

	test('is bounded, also when a sequence never ends', () => {
		const printed = createPrinted();
		for (let times = 0; times < 1000; times++) printed.push(Buffer.from(`\u001b]52;${'x'.repeat(1000)}`));
		expect(printed.tail.length).toBeLessThanOrEqual(20_000);
	});
});
