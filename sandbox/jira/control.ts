import { z } from 'zod'
import { setShared } from '#sandbox/atlassian/control.ts'
import { parsed, shared } from '#sandbox/atlassian/control-input.ts'
import type { State } from '#sandbox/atlassian/state.ts'
import type { Data } from './state.ts'

/** What control can set: what it shares with Confluence. */
const Input = z.strictObject({ provider: z.literal('jira'), ...shared })

/** POST /__sandbox/set for Jira; answers what it made. */
export function set(state: State, _data: Data, input: unknown): unknown {
  const { provider: _, ...settings } = parsed(Input, input)
  return { ok: true, ...setShared(state, 'jira', settings) }
}
