import {type CommandContext, defineCommand} from '../app/define-command.js';
import {readMachineStates} from '../app/machine-states.js';
import {newestOf, readUsageFile} from '../app/usage-file.js';
import {loadConfig} from '../config/index.js';
import {limitOf} from '../domain/config.js';
import {dayOf, daysBackOn} from '../domain/days.js';
import {withPilotPercent} from '../domain/quota-use.js';
import type {PilotState} from '../domain/state.js';
import type {Status} from '../domain/status.js';
import {budgetLines} from '../view/format.js';

/** Without a pilot: the last state of each machine that worked here, summed up. */
function fromFiles(context: CommandContext): Status['budget'] {
	const workspace = context.workspace();
	const config = loadConfig(workspace, context.env);
	const states = readMachineStates(workspace);
	const ledgers = states.map(state => daysBackOn(state, dayOf(Date.now())).ledger);
	const sum = (of: (ledger: PilotState['ledger']) => number) =>
		ledgers.reduce((total, ledger) => total + of(ledger), 0);
	const runsPerDay = limitOf(config.limits.runsPerDay);
	return {
		runsToday: sum(ledger => ledger.runs),
		runsPerDay: Number.isFinite(runsPerDay) ? runsPerDay : null,
		costTodayUsd: sum(ledger => ledger.costUsd),
		tokensToday: {reactive: sum(ledger => ledger.reactive), proactive: sum(ledger => ledger.proactive)},
		windows: newestOf([...states.flatMap(withPilotPercent), ...readUsageFile(workspace)]),
		warnPercent: config.budget.warnPercent,
		stopPercent: config.budget.stopPercent,
	};
}

export default defineCommand({
	name: 'budget',
	summary: 'What may still be spent: quota windows, runs, tokens, money.',
	example: 'pilot-tui budget',
	async run(context) {
		const {io, json} = context;
		const budget = await context
			.control()
			.status()
			.then(
				status => status.budget,
				() => fromFiles(context),
			);
		io.out(json ? JSON.stringify({v: 1, ...budget}) : budgetLines({budget}, Date.now()).join('\n'));
		return 0;
	},
});
