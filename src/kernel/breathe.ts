import {setImmediate} from 'node:timers/promises';

/**
 * Lets whatever else is due have its turn: keys, answers, other sessions. To be awaited between two pieces of work that each wait for
 * the disk; nothing that was read before holds for certain after it.
 */
export const breathe = (): Promise<void> => setImmediate();
