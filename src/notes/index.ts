export {changeMemory, memoryEntries, placeInMemory} from './change-memory.js';
export {appendEntry, entryMark, renderEntry} from './journal.js';
export {localTime} from './local-time.js';
export {addNotes, type MemoryNote, memoryFile, newestNotes} from './memory.js';
export {mergeJournal} from './merge-journal.js';
export {mergeLines, mergeMemory} from './merge-lines.js';
export {defaultSoul} from './soul.js';
