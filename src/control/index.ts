export type {ChannelCall, PermissionAnswer, PermissionRequest, ReportChannel} from './channel.js';
export {type ControlServer, openControl} from './server.js';
