export type {ColourDepth} from './colours.js';
export {createCompositor, type Dress} from './compositor.js';
export {createFeeder} from './feeder.js';
export {createPaneView, type PaneView} from './pane-view.js';
export {createRecorder, type Recorder} from './recording.js';
export {createTerminalScreen, type TerminalScreen} from './terminal-screen.js';
