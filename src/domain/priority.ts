/** Priorities 1 to 4 in words. */
export const priorityNames = ['critical', 'high', 'medium', 'low'] as const;
export const priorityName = (priority: number) => priorityNames[priority - 1] ?? 'medium';
