export type {Agent, LaunchRequest} from './agent.js';
export {agentNames, loadAgent} from './agents/_registry.js';
export {allowedEnvironment} from './environment.js';
export {isTrusted} from './interactive/trust.js';
export type {SessionScreen} from './pane.js';
export {composePrompt, handBackPrompt, type Memory, type PromptInput, resumePrompt} from './prompt.js';
export {type Session, type SessionDeps, type SessionEnd, startSession} from './session.js';
export {builtInTemplates} from './templates.js';
export type {SessionLimits} from './watch.js';
