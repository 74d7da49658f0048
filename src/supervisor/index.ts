export {createReportChannel} from './channel.js';
export type {Context} from './context.js';
export {createLiveSessions} from './live.js';
export {createMachines} from './machines.js';
export {createNotifier, type Notifier} from './notifier.js';
export {createPilot, type Pilot} from './pilot.js';
export {openQueueFile} from './queue-watch.js';
export {createStops} from './stops.js';
export {openStore} from './store.js';
