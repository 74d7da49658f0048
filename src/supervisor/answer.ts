import type {Answer} from '../domain/command.js';

export const done = (say: string, more: Partial<Answer> = {}): Answer => ({ok: true, say, ...more});
export const refused = (code: string, say: string, todo: string): Answer => ({ok: false, code, say, todo});
