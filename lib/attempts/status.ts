import type { AttemptStatus } from './schema.ts'

/** The statuses of an attempt that goes on. */
export const unfinished: readonly AttemptStatus[] = ['none', 'opened', 'returned', 'choosing', 'mismatch']

/** Whether an attempt has ended, one way or another. */
export const isFinal = (status: AttemptStatus): boolean => !unfinished.includes(status)
