import {expect} from 'vitest';
import type {PaneFrame} from '../../src/domain/frame.js';
import {createCompositor, createPaneView, type TerminalScreen} from '../../src/screen/index.js';

/** What may be written to the human's terminal: text, colours, and the compositor's own moves. */
const ours = /^\u001b\[(?:[\d;]*m|\d+;\d+H|\d+X|2J|\?25[hl]|\?2026[hl])/;

/** Controls, C1 controls, and characters that reorder, hide or join what stands beside them. */
const forbidden =
	/[\u0000-\u001a\u001c-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/u;

/** The first thing in a terminal's output that is neither text nor ours; undefined when there is none. */
export function strangerIn(output: string): string | undefined {
	let rest = output;
	while (rest !== '') {
		const begin = rest.indexOf('\u001b');
		const text = begin === -1 ? rest : rest.slice(0, begin);
		const found = forbidden.exec(text);
		if (found) return JSON.stringify(text.slice(Math.max(0, found.index - 10), found.index + 10));
		if (!text.isWellFormed()) return 'half a character';
		if (begin === -1) return;
		const [sequence] = ours.exec(rest.slice(begin)) ?? [];
		if (!sequence) return JSON.stringify(rest.slice(begin, begin + 20));
		rest = rest.slice(begin + sequence.length);
	}
	return;
}

export interface Outer {
	/** All that was written since the last call. */
	taken(): string;
	/** Shows a screen as it is now, in a hole of its size, and gives what was written for it. */
	show(screen: TerminalScreen): string;
	compositor: ReturnType<typeof createCompositor>;
}

/** The way from a session's screen to the human's terminal, as the program goes it: view, frame as JSON, compositor. */
export function openOuter(cols = 60, rows = 20): Outer {
	let written = '';
	const compositor = createCompositor({
		...{cols, rows, depth: 'true'},
		write(text) {
			written += text;
			return true;
		},
		onDrain() {},
	});
	const taken = () => {
		const text = written;
		written = '';
		return text;
	};
	compositor.focus('s-1');
	return {
		compositor,
		taken,
		show(screen) {
			const size = {cols: screen.cols, rows: screen.rows};
			compositor.place('s-1', {x: 2, y: 1, ...size});
			const view = createPaneView({
				...{sessionId: 's-1', screen, size},
				typist: () => ({typist: null, isYou: false}),
				send(frame) {
					compositor.show(JSON.parse(JSON.stringify(frame)) as PaneFrame);
					return true;
				},
			});
			view.end();
			return taken();
		},
	};
}

export function expectOnlyOurs(output: string) {
	expect(strangerIn(output)).toBeUndefined();
}
