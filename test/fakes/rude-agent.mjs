// Stands in for an agent that behaves badly, in the way its first argument names. Speaks stream-json as far as it speaks at all.
import {spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';

const [, , manner = '', note = ''] = process.argv;
const print = value => process.stdout.write(`${JSON.stringify(value)}\n`);
const init = () => print({type: 'system', subtype: 'init', session_id: 'abc', model: 'fake'});
const result = more =>
	print({
		type: 'result',
		subtype: 'success',
		is_error: false,
		num_turns: 1,
		total_cost_usd: 0.25,
		result: 'Done.',
		...more,
	});
const forever = () => setInterval(() => {}, 1000);
const chunk = Buffer.alloc(65_536, 'garbage \n');

const manners = {
	good() {
		init();
		print({type: 'assistant', message: {content: [{type: 'text', text: 'Looking.'}]}});
		result({});
	},
	garbage() {
		process.stdout.write('\u001b]52;c;aGVsbG8=\u0007\u0000\u009b{"type":\n[1,2]\n"x"\nnull\n\ufffd{{{{\n');
		init();
		result({});
	},
	flood() {
		init();
		const write = () => {
			while (process.stdout.write(chunk));
			process.stdout.once('drain', write);
		};
		write();
	},
	hang() {
		init();
		forever();
	},
	chatter() {
		init();
		setInterval(() => print({type: 'system', subtype: 'task_progress'}), 100);
	},
	fails() {
		process.stderr.write('Error: something is not set up\n');
		process.exitCode = 1;
	},
	deaf() {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
			process.on(signal, () => print({type: 'assistant', message: {content: [{type: 'text', text: signal}]}}));
		init();
		forever();
	},
	interrupted() {
		process.on('SIGINT', () => {
			result({is_error: true, subtype: 'error_during_execution', terminal_reason: 'aborted_streaming'});
			process.exit(0);
		});
		init();
		forever();
	},
	leaves() {
		init();
		const child = spawn('sleep', ['300'], {detached: true, stdio: 'ignore'});
		child.unref();
		writeFileSync(note, String(child.pid));
		result({});
	},
	dies() {
		init();
		result({});
		process.kill(process.pid, 'SIGKILL');
	},
	limited() {
		init();
		print({type: 'rate_limit_event', rate_limit_info: {refused: true}});
		forever();
	},
};

manners[manner]?.();
