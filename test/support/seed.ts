import fc from 'fast-check';

/**
 * Property tests draw the same examples everywhere, so that a red run means a change and not a draw. New examples are the business of
 * `npm run soak`, which sets `FC_SEED` anew each time; with a seed that it printed the same examples come again.
 */
const seed = Number(process.env.FC_SEED ?? 20_260_130);
if (!Number.isSafeInteger(seed)) throw new Error(`FC_SEED=${process.env.FC_SEED}: not a whole number`);
fc.configureGlobal({seed});
