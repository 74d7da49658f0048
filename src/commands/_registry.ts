// Made by `npm run gen` from the files beside it. Do not edit.
const registry = {
	"add": () => import('./add.js'),
	"approve": () => import('./approve.js'),
	"attach": () => import('./attach.js'),
	"budget": () => import('./budget.js'),
	"config": () => import('./config.js'),
	"dashboard": () => import('./dashboard.js'),
	"demo": () => import('./demo.js'),
	"deny": () => import('./deny.js'),
	"doctor": () => import('./doctor.js'),
	"hand-back": () => import('./hand-back.js'),
	"init": () => import('./init.js'),
	"journal": () => import('./journal.js'),
	"logs": () => import('./logs.js'),
	"memory": () => import('./memory.js'),
	"merge-driver": () => import('./merge-driver.js'),
	"move": () => import('./move.js'),
	"pause": () => import('./pause.js'),
	"queue": () => import('./queue.js'),
	"replay": () => import('./replay.js'),
	"report": () => import('./report.js'),
	"requeue": () => import('./requeue.js'),
	"resume": () => import('./resume.js'),
	"show": () => import('./show.js'),
	"skip": () => import('./skip.js'),
	"start": () => import('./start.js'),
	"status": () => import('./status.js'),
	"stop": () => import('./stop.js'),
	"take": () => import('./take.js'),
	"usage": () => import('./usage.js'),
};

export const commandNames = Object.keys(registry);

export async function loadCommand(name: string) {
	const found = Object.hasOwn(registry, name) ? registry[name as keyof typeof registry] : undefined;
	return found === undefined ? undefined : (await found()).default;
}
