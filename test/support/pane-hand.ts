import path from 'node:path';
import {openPaneLine} from '../../src/app/pane-line.js';

const sgr = /\u001b\[[\d;:]*m/g;

/** A human at a session's pane: sees its rows as text, and types into it. */
export async function openPane(workspace: string, sessionId: string) {
	const rows: string[] = [];
	const opened = Promise.withResolvers<void>();
	const line = openPaneLine({
		socketFile: path.join(workspace, '.pilot/pilot.sock'),
		heard(message) {
			if (message.type !== 'frame' || message.sessionId !== sessionId) return;
			if (message.whole) rows.length = 0;
			for (const [row, content] of message.changed) rows[row] = content.replaceAll(sgr, '');
		},
		opened: opened.resolve,
	});
	await opened.promise;
	line.watch(sessionId, {x: 0, y: 0, cols: 100, rows: 30});
	line.ask({type: 'attach', sessionId, name: 'test'});
	return {
		text: () => rows.join('\n'),
		type: (text: string) => line.ask({type: 'keys', sessionId, text}),
		detach: () => line.ask({type: 'detach', sessionId}),
		[Symbol.dispose]: line.close,
	};
}
