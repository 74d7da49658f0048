import {messageOf} from '../../../domain/pilot-error.js';

/** An error answer of the Bot API, as telegraf 4.16.3 throws it. */
interface ApiError {
	readonly response: {
		readonly error_code: number;
		readonly description?: string;
		readonly parameters?: {readonly retry_after?: number; readonly migrate_to_chat_id?: number};
	};
}

const isApiError = (error: unknown): error is ApiError =>
	typeof error === 'object' &&
	error !== null &&
	'response' in error &&
	typeof (error as ApiError).response?.error_code === 'number';

/** HTTP-like code of an error answer; undefined when none came. */
export const codeOf = (error: unknown): number | undefined =>
	isApiError(error) ? error.response.error_code : undefined;

export const describe = (error: unknown): string =>
	isApiError(error) ? (error.response.description ?? `error ${error.response.error_code}`) : messageOf(error);

/** What a 429 asks for, in ms. */
export const retryAfterMs = (error: unknown): number | undefined => {
	const seconds = isApiError(error) ? error.response.parameters?.retry_after : undefined;
	return seconds === undefined ? undefined : Math.max(0, seconds) * 1000;
};

/** The new id of a group that became a supergroup. */
export const movedTo = (error: unknown): number | undefined =>
	isApiError(error) ? error.response.parameters?.migrate_to_chat_id : undefined;

/** Errors of the network at which nothing can have reached the server. */
const neverLeft = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ENETUNREACH',
	'EHOSTUNREACH',
	'CERT_HAS_EXPIRED',
]);

/** True when the server may have done what was asked although it did not say so. */
export const mayHaveArrived = (error: unknown): boolean => {
	const code = codeOf(error);
	if (code !== undefined) return code >= 500;
	return !neverLeft.has(String((error as NodeJS.ErrnoException).code));
};
