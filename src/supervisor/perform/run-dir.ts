import path from 'node:path';
import type {Run} from '../../domain/state.js';
import type {Context} from '../context.js';

/** `.pilot/runs/<mission>/<attempt>`: everything that is kept of one attempt. */
export const runDirOf = ({pilotDir}: Pick<Context, 'pilotDir'>, run: Pick<Run, 'missionId' | 'attempt'>) =>
	path.join(pilotDir, 'runs', run.missionId, String(run.attempt));
