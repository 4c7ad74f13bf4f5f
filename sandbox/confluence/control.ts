import { z } from 'zod'
import { setShared } from '#sandbox/atlassian/control.ts'
import { parsed, shared } from '#sandbox/atlassian/control-input.ts'
import type { State } from '#sandbox/atlassian/state.ts'

/** What control can set: what it shares with Jira. */
const Input = z.strictObject({ provider: z.literal('confluence'), ...shared })

/** POST /__sandbox/set for Confluence; answers what it made. */
export function set(state: State, input: unknown): unknown {
  const { provider: _, ...settings } = parsed(Input, input)
  return { ok: true, ...setShared(state, 'confluence', settings) }
}
