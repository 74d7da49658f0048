import type {Step} from '../../domain/event.js';
import type {Performer} from '../context.js';
import {check} from './check.js';
import {claim} from './claim.js';
import {collect} from './collect.js';
import {conclude} from './conclude.js';
import {prepare} from './prepare.js';
import {publish} from './publish.js';
import {record} from './record.js';
import {work} from './work.js';

/** Each can be begun again after a crash: what it did before that, it finds done. */
export const performers: Readonly<Record<Step, Performer>> = {
	claim,
	prepare,
	work,
	collect,
	check,
	conclude,
	record,
	publish,
};
