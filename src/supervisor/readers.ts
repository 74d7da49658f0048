import type {PaneFrame, PaneRequest, PaneText} from '../domain/frame.js';
import {createPaneView, type PaneView, type TerminalScreen} from '../screen/index.js';

interface Size {
	readonly cols: number;
	readonly rows: number;
}

/** A dashboard that shows one session's pane. */
export interface Reader {
	/** Does what it asks for; gives text when it asked for some. */
	ask(request: PaneRequest): PaneText | undefined;
	/** It no longer looks. */
	end(): void;
}

/** All who look at one session's screen: the session has the size that the last of them to act needs, and one of them types. */
export interface Readers {
	join(sessionId: string, size: Size, send: (frame: PaneFrame) => boolean): Reader;
	/** True while somebody's keys go to the session. */
	isAttached(): boolean;
}

interface Seat {
	size: Size;
	name: string;
	view: PaneView;
}

/** What concerns the reader's own sight alone. */
function browse(view: PaneView, request: PaneRequest): PaneText | undefined {
	if (request.type === 'move') view.move(request.move, request.by);
	if (request.type === 'point') view.point(request.how, request);
	if (request.type === 'find') view.find(request.query);
	if (request.type !== 'copy') return;
	return {type: 'text', sessionId: request.sessionId, to: request.to, text: view.text(request.what)};
}

/** All who look, and whose size the session has: of whoever acted last, or of those who are left when that one goes. */
function createSeats(follow: (leader: Seat) => void) {
	/** Who acted last is the last. */
	const seats = new Set<Seat>();
	let leader: Seat | undefined;
	const lead = (seat: Seat) => {
		leader = seat;
		seats.delete(seat);
		seats.add(seat);
		follow(seat);
	};
	return {
		seats,
		sit: (seat: Seat) => void seats.add(seat),
		lead,
		leave(seat: Seat) {
			seats.delete(seat);
			const next = [...seats].at(-1);
			if (next && leader === seat) lead(next);
		},
	};
}

export function createReaders(screen: TerminalScreen, resized: () => void): Readers {
	const {seats, sit, lead, leave} = createSeats(({size}) => {
		screen.resize(size.cols, size.rows);
		resized();
	});
	let typist: Seat | undefined;
	const letType = (seat: Seat | undefined) => {
		typist = seat;
		for (const {view} of seats) view.touch();
	};
	const obey = (seat: Seat, request: PaneRequest): PaneText | undefined => {
		const {view} = seat;
		switch (request.type) {
			case 'watch':
				seat.size = {cols: request.cols, rows: request.rows};
				view.resize(seat.size);
				// Whoever only looks does not change the size for the one who types.
				return typist === undefined || typist === seat ? void lead(seat) : undefined;
			case 'attach':
				seat.name = request.name;
				view.leaveCopyMode();
				lead(seat);
				return void letType(seat);
			case 'detach':
				if (typist === seat) letType(undefined);
				return;
			case 'keys':
				if (typist !== seat) return;
				// As in every terminal: who types sees what comes of it.
				view.leaveCopyMode();
				return void screen.input(request.text);
			default:
				return browse(view, request);
		}
	};
	return {
		isAttached: () => typist !== undefined,
		join(sessionId, size, send) {
			const seat = {size, name: ''} as Seat;
			seat.view = createPaneView({
				...{sessionId, screen, size, send},
				typist: () => ({typist: typist?.name ?? null, isYou: typist === seat}),
			});
			if (typist) sit(seat);
			else lead(seat);
			return {
				ask: request => obey(seat, request),
				end() {
					seat.view.end();
					leave(seat);
					if (typist === seat) letType(undefined);
				},
			};
		},
	};
}
