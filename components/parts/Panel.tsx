import {Box, Text} from 'ink';
import type {ReactNode} from 'react';

export interface PanelProps {
	readonly title: ReactNode;
	/** Stands at the right end of the title's line and is never cut. */
	readonly aside?: ReactNode;
	/** True for the panel that keys act on. @default false */
	readonly focused?: boolean;
	readonly width: number;
	/** With the title's line. */
	readonly height: number;
	readonly children: ReactNode;
}

/** A panel under a line that carries its name; it is never wider or higher than it was told. */
export default function Panel({title, aside, focused = false, width, height, children}: PanelProps) {
	return (
		<Box flexDirection="column" flexShrink={0} width={width} height={height} overflow="hidden">
			<Box flexShrink={0} width={width} height={1} overflow="hidden">
				<Box flexShrink={0} width={3}>
					<Text bold={focused} dimColor={!focused}>
						{focused ? '━━' : '──'}
					</Text>
				</Box>
				<Box flexShrink={1} marginRight={1}>
					<Text bold={focused} wrap="truncate-end">
						{title}
					</Text>
				</Box>
				<Box
					flexGrow={1}
					height={1}
					borderStyle={focused ? 'bold' : 'single'}
					borderDimColor={!focused}
					borderBottom={false}
					borderLeft={false}
					borderRight={false}
				/>
				{aside === undefined ? null : (
					<Box flexShrink={0}>
						<Text> </Text>
						{aside}
						<Text dimColor={!focused}>{focused ? ' ━' : ' ─'}</Text>
					</Box>
				)}
			</Box>
			{children}
		</Box>
	);
}
