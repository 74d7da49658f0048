// npm scripts put node_modules/.bin first, where the devDependency node@24 is. Where its install script was not allowed to run, this
// says so, instead of letting an old Node fail somewhere inside.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 22)) process.exit(0);
console.error(`These scripts need Node 22.22 or newer; they were started with ${process.versions.node}.`);
console.error(
	'The project brings Node 24 as the devDependency node@24. It is not there, most likely because install scripts were off',
);
console.error('(--ignore-scripts, or a setting of npm). Either of these mends it:');
console.error('  npm rebuild node --ignore-scripts=false');
console.error('  npx -y -p node@24 npm test');
process.exit(1);
