/** What came from outside: nothing is known of it. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
export const object = (value: unknown): Json => (isJson(value) ? value : {});
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const count = (value: unknown): number =>
	typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;

/** The one argument of a tool call that tells a human most. */
export function about(input: Json): string {
	for (const key of ['command', 'file_path', 'path', 'pattern', 'url', 'query', 'summary', 'description', 'prompt']) {
		if (typeof input[key] === 'string') return text(input[key]);
	}
	const json = JSON.stringify(input);
	return json === '{}' ? '' : json;
}
