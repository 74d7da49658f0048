import path from 'node:path';

/** Editors that go to a line by an argument of their own, and how they take it. Others just open the file. */
const lineArguments: readonly (readonly [names: RegExp, args: (file: string, line: number) => string[]])[] = [
	[/^(?:n?vim?|vim\..*|view|nano|pico|emacs|emacsclient|joe|mg|ee|kak|ne|micro)$/, (file, line) => [`+${line}`, file]],
	[/^(?:hx|helix|subl|zed)$/, (file, line) => [`${file}:${line}`]],
	[/^(?:code|code-insiders|codium|cursor|windsurf)$/, (file, line) => ['--goto', `${file}:${line}`]],
];

/** The human's editor as git finds it, without git's own settings. */
export const editorOf = ({VISUAL, EDITOR}: Readonly<Record<string, string | undefined>>): string =>
	VISUAL?.trim() || EDITOR?.trim() || 'vi';

/**
 * The call of an editor, which may have arguments of its own (`code --wait`), for a shell.
 *
 * @param line Counted from 1.
 * @returns Arguments of `sh`.
 */
export function editorCall(editor: string, file: string, line: number): string[] {
	const name = path.basename(editor.split(/\s+/)[0] ?? '');
	const own = lineArguments.find(([names]) => names.test(name))?.[1];
	return ['-c', `exec ${editor} "$@"`, 'editor', ...(own && line > 1 ? own(file, line) : [file])];
}
