import type {Status} from '../domain/status.js';
import {needsCount} from './look.js';
import type {Part} from './parts.js';
import {runningSessions} from './shown-session.js';
import {statusLine} from './status-line.js';
import {pilotSigns} from './theme.js';

const styles: Readonly<Record<Part['tone'], string>> = {
	...{good: 'fg=green', bad: 'fg=red,bold', warn: 'fg=yellow', live: 'fg=cyan,bold', plain: '', dim: 'dim'},
};

/** tmux takes `#` for the start of something to be put in. */
const forTmux = (text: string) => text.replaceAll('#', '##');

/** One line for tmux's status line, no wider than so many cells. */
export function tmuxLine(status: Status | undefined, nowMs: number, width: number): string {
	const parts: readonly Part[] = status
		? statusLine({status, answering: true, nowMs}, width)
		: [{text: 'no pilot', tone: 'dim'}];
	return parts
		.map(({text, tone}) => (styles[tone] === '' ? forTmux(text) : `#[${styles[tone]}]${forTmux(text)}#[default]`))
		.join('  ');
}

/** A few cells for a shell's prompt: `▶1 !2`; '' when no pilot runs. */
export function promptText(status: Status | undefined): string {
	if (!status) return '';
	const running = runningSessions(status).length;
	const needs = needsCount(status);
	return `${pilotSigns[status.state].shape}${running > 0 ? running : ''}${needs > 0 ? ` !${needs}` : ''}`;
}
