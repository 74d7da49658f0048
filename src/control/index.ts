export type {ChannelCall, ReportChannel} from './channel.js';
export {type ControlServer, openControl} from './server.js';
