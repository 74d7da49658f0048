export {
	type Checkout,
	makeCheckout,
	putBack,
	removeCheckout,
} from './checkout.js';
export {markCollected, markLeft, markOpen} from './checkout-marks.js';
export {type Collected, collectBranch, compareUnchanged} from './collect.js';
export {createGuardedGit, type GuardedGit} from './guarded.js';
export {installMergeDriver, ownAttributes} from './merge-driver.js';
export {projectNotes} from './project-notes.js';
export {isSharedCheckout, shadowOf} from './repository.js';
export {openTarget} from './target.js';
export {changesOfTarget} from './target-changes.js';
export {openWorkspaceGit, type WorkspaceGit} from './workspace.js';
export type {Sync} from './workspace-calls.js';
export {createWorkspaceClient, type WorkspaceClient, type WorkspaceGitCall} from './workspace-client.js';
export {gitTrouble} from './workspace-state.js';
