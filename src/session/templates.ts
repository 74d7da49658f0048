/** Built-in templates, chosen by `@name` in a mission; a file `templates/<name>.md` in the workspace stands over its namesake. */
export const builtInTemplates: Readonly<Record<string, string>> = {
	audit: `Audit the code for the question in the mission. Look for what could hurt the people who run it: injection, secrets in
the tree, missing checks at the edges, unsafe defaults, dependencies with known holes. For each finding give: where
(file:line), what could happen, how sure you are, and the smallest change that mends it. Order them by harm. If you find
nothing, say what you looked at and what you did not.`,
	review: `Review what the mission names, as a colleague would who has to maintain it. Read the change and what it touches. Say
what is wrong, what is risky and what is good, with file:line for each; keep taste out of it unless it costs readers time.
End with one of: good as it is, good after small changes (list them), needs another round (say why).`,
	docs: `Write or mend documentation. Read the code first and describe what it does, not what it should do. Every example must
run. Prefer changing what is there over adding pages. Where the docs and the code disagree, say so in the report.`,
	tests: `Write tests for what the mission names. Each must fail when the behaviour it guards is broken; try that once. Follow
the style of the tests that are there, use no network and no sleep, and run the whole suite at the end.`,
	implement: `Implement what the mission asks, and only that. Read the neighbouring code first and follow its manner. Write a test
that fails without your change, then the change. Run the project's tests before you finish. Commit in small steps with
messages that say why.`,
	explore: `Look through the code for something worth doing: a bug, a missing test, a security weakness, a slow path, a
confusing page of documentation. Change nothing. Propose at most three missions with the propose_mission tool, each with a title that
says the outcome and a description that says where and why; propose none rather than a weak one.`,
};
