// Made by `npm run gen` from the files beside it. Do not edit.
const registry = {
	"claude": () => import('./claude.js'),
	"command": () => import('./command.js'),
	"demo": () => import('./demo.js'),
};

export const agentNames = Object.keys(registry);

export async function loadAgent(name: string) {
	const found = Object.hasOwn(registry, name) ? registry[name as keyof typeof registry] : undefined;
	return found === undefined ? undefined : (await found()).default;
}
