import type {Tokens} from './budget.js';

export const noTokens: Tokens = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0};
export const totalTokens = (tokens: Tokens) => tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite;
