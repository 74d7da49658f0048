import {Text} from 'ink';
import type {ReactNode} from 'react';
import type {Tone} from '../../src/view/fact-line.js';
import {paintOf} from '../../src/view/theme.js';
import {usePilot} from '../../src/view/use-pilot.js';

export interface LineProps {
	/** @default 'plain' */
	readonly tone?: Tone | 'live';
	/** @default false */
	readonly bold?: boolean;
	/** @default false */
	readonly inverse?: boolean;
	/** @default 'truncate-end' */
	readonly wrap?: 'truncate-end' | 'wrap';
	readonly children: ReactNode;
}

/** Text in a tone, one row high unless it may wrap. Only plain text goes in. */
export default function Line({tone = 'plain', bold, inverse, wrap = 'truncate-end', children}: LineProps) {
	const colour = usePilot(state => state.colour);
	const paint = paintOf(tone, colour);
	return (
		<Text {...paint} wrap={wrap} bold={bold ?? paint.bold ?? false} inverse={inverse ?? false}>
			{children}
		</Text>
	);
}
