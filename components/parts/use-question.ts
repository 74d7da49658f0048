import {useEffect, useState} from 'react';
import {byUrgency} from '../../src/domain/approval.js';
import {useDeck, usePilot} from '../../src/view/use-pilot.js';

/** What of a question has been before the human, and since when. */
interface Shown {
	readonly id: string | undefined;
	/** As `performance.now()` has it. */
	readonly sinceMs: number;
	readonly top: number;
	/** How far its lines have been seen. */
	readonly seen: number;
	readonly isDenying: boolean;
}

const anew = (id: string | undefined, isDenying = false): Shown => ({
	id,
	sinceMs: performance.now(),
	top: 0,
	seen: 0,
	isDenying,
});

export interface QuestionProps {
	/** Where to begin. @default The most urgent one. */
	readonly about?: {readonly approvalId: string; readonly isDenying: boolean};
	/** @default Back to the panels. */
	readonly close?: () => void;
}

/** The question before the human; when it is answered, by whichever hand, the next one follows, and the dialog closes after the last. */
export function useQuestion({about, close}: QuestionProps) {
	const deck = useDeck();
	const open = byUrgency(usePilot(state => state.status?.approvals) ?? []);
	const [shown, setShown] = useState(() =>
		about
			? anew(about.approvalId, about.isDenying)
			: anew(open[0]?.approvalId, deck.store.getState().screen.dialog === 'denial'),
	);
	const leave = close ?? (() => deck.store.change({dialog: 'none'}));
	const at = open.findIndex(({approvalId}) => approvalId === shown.id);
	const approval = open[at];
	const next = open[(at + 1) % Math.max(1, open.length)];
	useEffect(() => {
		if (approval) return;
		// Answered by another hand, or no longer asked: what comes up now was not looked at yet.
		if (next) setShown(anew(next.approvalId));
		else leave();
	}, [approval, next, leave]);
	return {
		approval,
		leave,
		several: open.length > 1 ? `, ${at + 1} of ${open.length}, Tab: the next` : '',
		shown,
		show: (change: Partial<Shown>) => setShown({...shown, ...change}),
		showNext: () => setShown(anew(next?.approvalId)),
	};
}
