import {readPlain} from '../kernel/safe-read.js';

export const commitId = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** A small file of a session's repository; '' when it is not there, or is no file that can be read. */
export const textOf = (file: string) => readPlain(file)?.toString('utf8').trim() ?? '';
