import { Refused } from '#sandbox/provider.ts'
import type { State } from './state.ts'

/** POST /__sandbox/webhooks/notion */
export function sendWebhook(_state: State, _input: unknown): never {
  throw new Refused('not yet')
}
