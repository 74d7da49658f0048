// Tells pilot what Claude Code gives to its status line, or to a hook that must be a command, and prints nothing. The token comes from a
// file, not from an argument.
import {readFileSync} from 'node:fs';
import {text} from 'node:stream/consumers';

const [, , file = '', event = ''] = process.argv;
const {url, token} = JSON.parse(readFileSync(file, 'utf8'));
const body = await text(process.stdin);
const headers = {Authorization: `Bearer ${token}`, 'Content-Type': 'application/json'};
const signal = AbortSignal.timeout(5000);
await fetch(`${url}/hooks/${event}`, {method: 'POST', body, headers, signal}).catch(() => undefined);
