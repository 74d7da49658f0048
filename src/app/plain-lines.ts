type Env = Readonly<Record<string, string | undefined>>;

/** True where lines are wanted and no screen: the flag, or what programs drawn by Ink go by. */
export const wantsPlainLines = (hasFlag: boolean, {INK_SCREEN_READER}: Env) =>
	hasFlag || INK_SCREEN_READER === 'true' || INK_SCREEN_READER === '1';
