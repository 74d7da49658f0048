export {createReach, type Reach, type ReachDeps} from './reach.js';
