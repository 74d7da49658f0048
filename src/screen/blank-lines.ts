import type {Terminal} from '@xterm/headless';

interface Attributes {
	readonly bg: number;
}

/** What @xterm/headless 6.0.0 has inside and its types do not say. */
interface Inside {
	readonly _core?: {
		readonly _bufferService?: {
			_cachedBlankLine?: unknown;
			scroll?(attributes: Attributes, isWrapped?: boolean): void;
		};
	};
}

const mostKept = 8;

/**
 * Keeps the blank line of every background that scrolls up, where xterm keeps only the last: output whose lines wrap within a colour
 * makes it build two for each line, and memory outside of V8's heap with each. Whether a kept line fits is still for xterm to say.
 *
 * @returns false where xterm is made otherwise: then nothing is changed.
 */
export function keepBlankLines(terminal: Terminal): boolean {
	const service = (terminal as unknown as Inside)._core?._bufferService;
	if (typeof service?.scroll !== 'function') return false;
	const scroll: (attributes: Attributes, isWrapped?: boolean) => void = service.scroll.bind(service);
	const kept = new Map<number, unknown>();
	service.scroll = (attributes, isWrapped) => {
		const line = kept.get(attributes.bg);
		if (line !== undefined) service._cachedBlankLine = line;
		scroll(attributes, isWrapped);
		if (service._cachedBlankLine === line) return;
		if (kept.size >= mostKept) kept.clear();
		kept.set(attributes.bg, service._cachedBlankLine);
	};
	return true;
}
