import type {Redactor} from '../kernel/redact.js';
import {createRedactStream} from '../kernel/redact-stream.js';
import {type Cast, type CastEvent, durationOf, eventLine, headerLine} from './cast.js';

/** The same recording without what the redactor finds by now; a secret that was cut between events included. */
export function redactCast({header, events}: Pick<Cast, 'header' | 'events'>, redact: Redactor): Cast {
	const secrets = createRedactStream(redact);
	const clean = events.map((event): CastEvent => {
		if (event.kind === 'output') return {...event, text: secrets.push(event.text)};
		return event.kind === 'mark' ? {...event, label: redact(event.label)} : event;
	});
	const rest: CastEvent = {atMs: durationOf({events}), kind: 'output', text: secrets.end()};
	const {title} = header;
	return {
		header: {...header, ...(title === undefined ? {} : {title: redact(title)})},
		events: [...clean, rest].filter(event => event.kind !== 'output' || event.text !== ''),
		damaged: 0,
	};
}

/** A recording as the text of a file, whole whatever the one was that it was read from. */
export const castText = ({header, events}: Pick<Cast, 'header' | 'events'>): string =>
	`${[headerLine(header), ...events.map(eventLine)].join('\n')}\n`;
