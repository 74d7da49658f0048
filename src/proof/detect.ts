/** Reads one file of the base commit; undefined when it is not in it. */
export type ReadBase = (name: string) => string | undefined;

const noTests = /no test specified/;

function npmTest(read: ReadBase): string | undefined {
	const text = read('package.json');
	if (text === undefined) return;
	try {
		const script: unknown = JSON.parse(text)?.scripts?.test;
		if (typeof script !== 'string' || script.trim() === '' || noTests.test(script)) return;
	} catch {
		return;
	}
	if (read('pnpm-lock.yaml') !== undefined) return 'pnpm test';
	return read('yarn.lock') === undefined ? 'npm test --silent' : 'yarn test';
}

/** The command that runs a project's tests, found in its base commit: npm, cargo, go, pytest, make; undefined when none is found. */
export function detectTests(read: ReadBase): string | undefined {
	const npm = npmTest(read);
	if (npm) return npm;
	if (read('Cargo.toml') !== undefined) return 'cargo test';
	if (read('go.mod') !== undefined) return 'go test -v ./...';
	if (
		read('pytest.ini') !== undefined ||
		/\[tool\.pytest/.test(read('pyproject.toml') ?? '') ||
		read('conftest.py') !== undefined
	)
		return 'python3 -m pytest -q';
	if (/^test:/m.test(read('Makefile') ?? '')) return 'make test';
	return;
}
