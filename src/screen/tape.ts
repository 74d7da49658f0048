import type {Cast} from './cast.js';
import type {Keyframe} from './keyframes.js';
import type {TerminalScreen} from './terminal-screen.js';

/** Characters that go to the screen before the position is looked at again. */
const stepChars = 262_144;

/** Brings a screen to any place of a recording; the newest wish counts. */
export function createTape({header, events}: Pick<Cast, 'header' | 'events'>, screen: TerminalScreen) {
	const keyframes: Keyframe[] = [];
	let applied = 0;
	let wanted = 0;
	let running: Promise<void> | undefined;
	const shown = (text: string) => new Promise<void>(resolve => screen.write(text, resolve));

	const restart = async (keyframe: Keyframe | undefined) => {
		screen.resize(keyframe?.cols ?? header.cols, keyframe?.rows ?? header.rows);
		await shown(keyframe?.text ?? '\u001bc');
		applied = keyframe?.count ?? 0;
	};
	const step = async () => {
		let text = '';
		for (; applied < wanted && text.length < stepChars; applied++) {
			const event = events[applied];
			if (event?.kind === 'output') text += event.text;
			if (event?.kind !== 'resize') continue;
			if (text !== '') await shown(text);
			text = '';
			screen.resize(event.cols, event.rows);
		}
		if (text !== '') await shown(text);
	};
	const run = async () => {
		await Promise.resolve(); // so that `running` is set before it can end
		while (applied !== wanted) {
			const keyframe = keyframes.findLast(({count}) => count <= wanted);
			if (wanted < applied || (keyframe && keyframe.count > applied)) await restart(keyframe);
			else await step();
		}
		running = undefined;
	};
	return {
		keyframes,
		goTo(count: number): Promise<void> {
			wanted = count;
			running ??= run();
			return running;
		},
	};
}
