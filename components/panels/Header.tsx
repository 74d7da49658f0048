import {Box} from 'ink';
import {aheadLine} from '../../src/view/format.js';
import {plainText} from '../../src/view/plain-text.js';
import {pilotSigns} from '../../src/view/theme.js';
import {usePilot, useSlowNow} from '../../src/view/use-pilot.js';
import Line from '../parts/Line.js';

function gitWords({
	branch,
	remote,
	ahead,
	behind,
	trouble,
}: {
	branch: string;
	remote: string | null;
	ahead: number;
	behind: number;
	trouble?: string;
}) {
	if (!branch) return 'no git';
	const place = remote === null ? `${branch}, no remote` : `${branch} ↑${ahead} ↓${behind}`;
	return trouble ? `${place} ! ${trouble}` : place;
}

const watching = (watchers: number) => (watchers === 0 ? 'nobody watching' : `${watchers} watching`);

/** Where the pilot stands, what comes next, and how it is connected. Two rows. */
export default function Header({columns}: {readonly columns: number}) {
	const workspace = usePilot(state => state.workspace);
	const answering = usePilot(state => state.answering);
	const status = usePilot(state => state.status);
	const nowMs = useSlowNow();
	const sign = status && pilotSigns[status.state];
	return (
		<Box flexDirection="column" flexShrink={0} width={columns} height={2} overflow="hidden">
			<Box width={columns} gap={2}>
				<Box flexShrink={0} maxWidth={Math.floor(columns / 3)}>
					<Line bold>{plainText(workspace)}</Line>
				</Box>
				{answering && status && sign ? (
					<>
						<Box flexShrink={0}>
							<Line tone={sign.tone} bold>
								{`${sign.shape} ${sign.word}`}
							</Line>
						</Box>
						<Line>{plainText(aheadLine(status, nowMs))}</Line>
					</>
				) : (
					<Line tone="bad">{status ? '! pilot does not answer, looking again' : '○ looking for the pilot'}</Line>
				)}
			</Box>
			{status ? (
				<Box width={columns} gap={2}>
					<Box flexShrink={0} maxWidth={Math.floor(columns * 0.6)}>
						<Line tone={status.git.trouble ? 'warn' : 'plain'}>{plainText(gitWords(status.git))}</Line>
					</Box>
					<Line tone="dim">
						{plainText([...status.reach, watching(status.watchers), status.mode, status.machine].join('  '))}
					</Line>
				</Box>
			) : null}
		</Box>
	);
}
