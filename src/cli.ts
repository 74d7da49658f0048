#!/usr/bin/env node
import {fileURLToPath} from 'node:url';

// Plain enough for an old Node to read: it must be able to say that it is too old.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
	console.error(`pilot-tui needs Node 22.22 or newer; this is ${process.versions.node}.`);
	console.error('Run it with a newer one: npx -p node@24 -p pilot-tui pilot-tui');
	process.exitCode = 2;
} else {
	const {enableCompileCache} = await import('node:module');
	enableCompileCache?.();
	const argv = process.argv.slice(2);
	const {launch, opensScreen} = await import('./app/launcher.js');
	if (opensScreen(argv, process.env)) {
		process.exitCode = await launch(fileURLToPath(import.meta.url), argv);
	} else {
		const {main} = await import('./app/main.js');
		process.exitCode = await main(argv);
	}
}
