import {useState} from 'react';
import {askedAbout} from '../../src/view/approval-text.js';
import {missionDetail} from '../../src/view/mission-detail.js';
import type {Page} from '../../src/view/page.js';
import {plainText} from '../../src/view/plain-text.js';
import {selectedEntry} from '../../src/view/shown-session.js';
import {useDeck, usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import {usePages} from '../parts/use-pages.js';
import Reader from './Reader.js';

/** All that is known of the selected mission: what it is and why it stands where it stands, its report, receipts, changes, history. */
export default function Detail({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {store} = useDeck();
	const status = usePilot(state => state.status);
	const nowMs = useSlowNow();
	const [entry] = useState(() => selectedEntry(store.getState()));
	const now = selectedEntry(store.getState());
	const shown = now?.key === entry?.key ? now : entry;
	const isMission = entry?.kind === 'mission';
	const found = usePages(isMission ? {kind: 'mission', id: entry.key} : undefined);
	const [task, ...others] = found ?? [];
	const asked = askedAbout(status?.approvals ?? [], shown?.key, nowMs);
	const about = shown ? [...missionDetail(shown, nowMs), ...asked] : [];
	const first: Page = {title: 'Mission', kind: 'markdown', text: [...about, task?.text ?? ''].join('\n\n')};
	const title = shown?.kind === 'mission' ? `^${shown.key}  ${plainText(shown.mission.title)}` : 'missions.md';
	return <Reader title={title} pages={[first, ...others]} columns={columns} rows={rows} />;
}
