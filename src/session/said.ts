const longestSaying = 500;
const sayingsKept = 20;

/** Keeps what a human told a session, without secrets: the last sayings, the start of each. */
export function createSaid(redact: (text: string) => string) {
	let said: string[] = [];
	return {
		push(text: string) {
			said = [...said, redact(text).slice(0, longestSaying)].slice(-sayingsKept);
		},
		take(): string[] {
			const taken = said;
			said = [];
			return taken;
		},
	};
}
