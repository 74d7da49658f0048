type Env = Readonly<Record<string, string | undefined>>;

const isAtLeast = (version: string, least: readonly number[]) => {
	const parts = version.split('.').map(Number);
	const at = least.findIndex((part, index) => (parts[index] ?? 0) !== part);
	return at < 0 || (parts[at] ?? 0) > (least[at] ?? 0);
};

/**
 * True for terminals that are known to show OSC 9;4 as progress: to others OSC 9 is a notification, and every one would pop up.
 *
 * @see https://conemu.github.io/en/AnsiEscapeCodes.html#ConEmu_specific_OSC, as read in 2026-11.
 */
export const showsProgress = ({WT_SESSION, ConEmuPID, TERM_PROGRAM, TERM_PROGRAM_VERSION = '', VTE_VERSION}: Env) =>
	Boolean(WT_SESSION || ConEmuPID) ||
	TERM_PROGRAM === 'ghostty' ||
	TERM_PROGRAM === 'vscode' ||
	(TERM_PROGRAM === 'iTerm.app' && isAtLeast(TERM_PROGRAM_VERSION, [3, 6, 6])) ||
	Number(VTE_VERSION) >= 7900;

/** OSC 9;4: something goes on, for how long is not known; and nothing does. */
export const progress = {on: '\u001b]9;4;3;0\u001b\\', off: '\u001b]9;4;0;0\u001b\\'};

/** What the dashboard sets on the human's terminal; light, as the launcher needs it before anything else is loaded. */
const inOrder = {
	enter: [
		'\u001b[?1049h',
		// Where a terminal counts more cells for a character, that row is cut at the edge and does not break into the next.
		'\u001b[?7l',
		'\u001b[?25l',
		'\u001b[?2004h',
		// The title is put on the terminal's stack.
		'\u001b[22;2t',
	],
	// Kitty's keyboard flags are kept for each screen: they go before the alternate one does.
	restore: [
		'\u001b[?2026l',
		'\u001b[0m',
		'\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l',
		'\u001b[?1004l',
		'\u001b[=0u',
		'\u001b[?2004l',
		'\u001b[?1l',
		'\u001b[?7h',
		'\u001b[?1049l',
		'\u001b[?25h',
		...(showsProgress(process.env) ? [progress.off] : []),
		'\u001b[23;2t',
	],
};

export const enterSequence = inOrder.enter.join('');

/** Brings back the main screen, the cursor, and every mode as a shell expects it. */
export const restoreSequence = inOrder.restore.join('');

/**
 * The same for somebody who does not know which screen is shown. Leaving the alternate screen brings back a cursor that was
 * saved, on the main one too, where it would land on what has been said since; entering it first saves the cursor that is
 * there, and changes nothing where the alternate screen is shown already.
 */
export const restoreAnywaySequence = restoreSequence.replace('\u001b[?1049l', '\u001b[?1049h\u001b[?1049l');
