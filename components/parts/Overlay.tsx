import {Box, Text} from 'ink';
import {type ReactNode, useEffect} from 'react';
import {useDeck} from '../../src/view/use-pilot.js';
import Said from './Said.js';

export interface OverlayProps {
	readonly title: string;
	readonly columns: number;
	readonly rows: number;
	/** With the frame; taken down to what the window has. */
	readonly width: number;
	readonly height: number;
	/** Where it lies. @default the middle */
	readonly edge?: 'top' | 'bottom';
	/** True where it speaks of what is seen beside it: that stays as it is. @default false */
	readonly isBeside?: boolean;
	/** Rows that what is said may take at the most, the frame's with them. @default by its height */
	readonly saidRows?: number;
	readonly children: ReactNode;
}

const mostSaid = 3;

/** A framed box in the middle of the window, over whatever is there. */
export default function Overlay(props: OverlayProps) {
	const {title, columns, rows, width, height, edge, isBeside = false, children} = props;
	const {hands} = useDeck();
	const size = {width: Math.min(width, columns), height: Math.min(height, rows)};
	const free = rows - size.height;
	const top = edge === 'top' ? 0 : edge === 'bottom' ? free : Math.floor(free / 2);
	const place = {left: Math.floor((columns - size.width) / 2), top};
	useEffect(() => {
		hands.cover(title, {x: place.left, y: place.top, cols: size.width, rows: size.height, veils: !isBeside});
		return () => hands.cover(title, undefined);
	}, [hands, title, place.left, place.top, size.width, size.height, isBeside]);
	const saidRows = props.saidRows ?? Math.max(1, Math.min(mostSaid, Math.floor(size.height / 6)));
	return (
		<Box position="absolute" {...place} {...size} overflow="hidden">
			<Box position="absolute" left={0} top={0} {...size}>
				<Text>{Array.from({length: size.height}, () => ' '.repeat(size.width)).join('\n')}</Text>
			</Box>
			<Box borderStyle="round" flexDirection="column" paddingX={1} {...size} overflow="hidden">
				<Box flexDirection="column" flexShrink={0} minHeight={Math.max(0, size.height - 2)}>
					<Text bold wrap="truncate-end">
						{title}
					</Text>
					{children}
				</Box>
			</Box>
			<Said width={size.width} height={size.height} most={saidRows} />
		</Box>
	);
}
