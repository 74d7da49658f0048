import {Box} from 'ink';
import type {Part} from '../../src/view/parts.js';
import Line from './Line.js';

/** Parts that fit into a line, side by side. */
export default function Parts({parts, width}: {readonly parts: readonly Part[]; readonly width: number}) {
	return (
		<Box flexShrink={0} width={width} height={1} gap={2} overflow="hidden">
			{parts.map(({text, tone, bold = false}, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: parts have nothing but their place
				<Box key={place} flexShrink={0}>
					<Line tone={tone} bold={bold}>
						{text}
					</Line>
				</Box>
			))}
		</Box>
	);
}
