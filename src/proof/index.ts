export {detectTests} from './detect.js';
export {gatherReceipts, runSuite} from './gather.js';
export type {SuiteRun} from './judge-tests.js';
