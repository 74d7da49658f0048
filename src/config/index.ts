export {configJsonSchema, configProblems, loadConfig} from './load.js';
export {problemLine} from './problems.js';
export {loadSecrets} from './secrets.js';
