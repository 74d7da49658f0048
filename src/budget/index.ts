export {windowsFromRateLimitEvent} from './rate-limit-event.js';
export {parseUsageText} from './usage-text.js';
export {isCurrent, mergeWindows} from './windows.js';
