export type {NewMission, Wished} from './compose-item.js';
export {applyEdits, type Edit, editQueue} from './edit.js';
export {derivedId} from './ids.js';
export {mergeMissions} from './merge.js';
export {findItem, parseQueue} from './missions-file.js';
export {readTitle, understood} from './read-title.js';
