import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { parsed } from './control-input.ts'
import { shownRequest } from './highlights.ts'
import type { State } from './state.ts'

/**
 * The end of a request for highlights, sent to the address it was asked with; it is finished by that. Nothing is signed
 * here. forged: another result than the true one · repeated, replayed: twice · signed, unsigned, late: as it is.
 */
const Webhook = z.strictObject({
  request: z.string(),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  payload: z.record(z.string(), z.unknown()).optional(),
})

const TIMEOUT_MS = 10_000

/** POST /__sandbox/webhooks/logrocket; answers what was said to each delivery. */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const { request: id, mode, payload } = parsed(Webhook, input)
  const request = state.requests.find((one) => one.id === id)
  if (!request) throw new Refused(`no request ${id}`)
  if (request.webhook === null) throw new Refused('this request named no address')
  request.readyAt = Math.min(request.readyAt, state.world.clock.now())
  const shown = shownRequest(state, request)
  const forged = { ...shown, status: 'READY', result: { highlights: 'Not what LogRocket said.', sessions: [] } }
  const body = JSON.stringify(payload ?? (mode === 'forged' ? forged : shown))
  const deliveries = []
  const times = mode === 'repeated' || mode === 'replayed' ? 2 : 1
  for (let turn = 0; turn < times; turn += 1) deliveries.push(await deliver(request.webhook, body))
  return { deliveries }
}

async function deliver(url: string, body: string): Promise<{ status: number; response: string }> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'content-type': 'application/json' },
    })
    return { status: answer.status, response: await answer.text() }
  } catch {
    return { status: 0, response: '' }
  }
}
