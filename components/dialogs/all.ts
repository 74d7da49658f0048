import Approval from './Approval.js';
import Budget from './Budget.js';
import Commands from './Commands.js';
import ConfigCheck from './ConfigCheck.js';
import Detached from './Detached.js';
import Detail from './Detail.js';
import Find from './Find.js';
import Help from './Help.js';
import Journal from './Journal.js';
import Memory from './Memory.js';
import Morning from './Morning.js';
import NewMission from './NewMission.js';
import Palette from './Palette.js';
import Quit from './Quit.js';
import Stop from './Stop.js';
import Take from './Take.js';
import Tour from './Tour.js';
import Usage from './Usage.js';

/** What lies over the panels, by the name that the screen's state has for it. */
export const dialogs = {
	help: Help,
	new: NewMission,
	quit: Quit,
	detail: Detail,
	journal: Journal,
	budget: Budget,
	commands: Commands,
	memory: Memory,
	morning: Morning,
	stop: Stop,
	palette: Palette,
	config: ConfigCheck,
	usage: Usage,
	take: Take,
	tour: Tour,
	find: Find,
	approval: Approval,
	denial: Approval,
	detached: Detached,
} as const;
