import {existsSync} from 'node:fs';
import {PilotError} from '../../domain/pilot-error.js';
import type {Run} from '../../domain/state.js';

/** Throws CHECKOUT_GONE where somebody has removed what the session works in, or worked in: then only a new attempt helps. */
export function mustBeThere({checkout}: Run) {
	if (!checkout || existsSync(checkout.path)) return;
	throw new PilotError('CHECKOUT_GONE', {
		what: `Its checkout ${checkout.path} was removed, and with it whatever the session had not yet brought into the target.`,
		todo: checkout.branch
			? 'Requeue the mission: it starts from the target again.'
			: 'Requeue the mission: it gets a new one.',
	});
}
