import type { AttemptStatus } from './schema.ts'

const finals: readonly AttemptStatus[] = ['succeeded', 'denied', 'failed', 'cancelled', 'timed_out']

/** Whether an attempt has ended, one way or another. */
export const isFinal = (status: AttemptStatus): boolean => finals.includes(status)
