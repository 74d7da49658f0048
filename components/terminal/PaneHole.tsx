import {Box, type DOMElement, measureElement, useBoxMetrics} from 'ink';
import {useEffect, useRef} from 'react';
import type {Place} from '../../src/view/hands.js';

export interface PaneHoleProps {
	readonly sessionId: string;
	/** Told whenever the hole may have moved; `undefined` when it closes. */
	readonly onHole: (sessionId: string, hole: Place | undefined) => void;
}

/** An empty box that fills what room there is, and says where it is. The compositor draws in it. */
export default function PaneHole({sessionId, onHole}: PaneHoleProps) {
	const box = useRef<DOMElement>(null);
	const {width: cols, height: rows} = useBoxMetrics(box);
	// Not only when its size changes: panes beside it may come and go.
	useEffect(() => {
		if (!box.current || cols < 2 || rows < 1) return;
		const {x, y} = measureElement(box.current);
		onHole(sessionId, {x, y, cols, rows});
	});
	useEffect(() => () => onHole(sessionId, undefined), [sessionId, onHole]);
	return <Box ref={box} flexGrow={1} />;
}
