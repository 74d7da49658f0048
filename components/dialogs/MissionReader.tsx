import {useState} from 'react';
import {askedAbout} from '../../src/view/approval-text.js';
import {missionDetail} from '../../src/view/mission-detail.js';
import type {Page} from '../../src/view/page.js';
import {plainText} from '../../src/view/plain-text.js';
import type {QueueEntry} from '../../src/view/queue-entries.js';
import {useDeck, usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import {usePages} from '../parts/use-pages.js';
import Reader from './Reader.js';

export interface MissionReaderProps {
	/** What is read; it stays so, wherever the cursor goes. */
	readonly entry: QueueEntry | undefined;
	/** Of a mission that is not in the queue any more, or was never seen there. */
	readonly missionId?: string | undefined;
	/** Stands above all else. @default '' */
	readonly note?: string;
	readonly columns: number;
	readonly rows: number;
	readonly close: () => void;
}

/** All that is known of a mission: what it is and why it stands where it stands, its report, receipts, changes, history. */
export default function MissionReader({entry, missionId, note = '', columns, rows, close}: MissionReaderProps) {
	const {store} = useDeck();
	const status = usePilot(state => state.status);
	const nowMs = useSlowNow();
	const [first] = useState(entry);
	const key = first?.key ?? missionId;
	const known = entry?.key === key ? entry : first;
	const shown = store.getState().queue.entries.find(one => one.key === key) ?? known;
	const id = shown?.kind === 'problem' ? undefined : (shown?.key ?? missionId);
	const title = shown?.kind === 'mission' ? shown.mission.title : undefined;
	const [task, ...others] = usePages(id ? {kind: 'mission', id, title} : undefined) ?? [];
	const asked = askedAbout(status?.approvals ?? [], id, nowMs);
	const about = shown ? [...missionDetail(shown, status ?? {sessions: []}, nowMs), ...asked] : [];
	const page: Page = {
		title: 'Mission',
		kind: 'markdown',
		text: [...(note === '' ? [] : [note]), ...about, task?.text ?? ''].join('\n\n'),
	};
	const name = title === undefined ? '' : `  ${plainText(title)}`;
	return (
		<Reader
			title={id ? `^${id}${name}` : 'missions.md'}
			pages={[page, ...others]}
			columns={columns}
			rows={rows}
			close={close}
			hasTabs
		/>
	);
}
