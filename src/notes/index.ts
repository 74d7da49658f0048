export {appendEntry, entryMark, renderEntry} from './journal.js';
export {localTime} from './local-time.js';
export {addNotes, type MemoryNote, memoryFile, newestNotes} from './memory.js';
export {defaultSoul} from './soul.js';
