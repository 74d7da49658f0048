/** `1 file`, `2 files`. */
export const countOf = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
