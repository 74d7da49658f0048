import path from 'node:path';
import {configProblems, problemLine} from '../config/index.js';
import type {Page} from '../view/page.js';

/** What `pilot-tui config check` says of a workspace's config.yaml. */
export function readConfigPages(workspace: string): readonly Page[] {
	const problems = configProblems(path.join(workspace, 'config.yaml'));
	const text =
		problems.length > 0
			? problems.map(problemLine).join('\n\n')
			: 'config.yaml is right. The pilot reads it at its start: what you change counts from the next one.';
	return [{title: 'config.yaml', kind: 'plain', text}];
}
