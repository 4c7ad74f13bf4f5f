import { z } from 'zod'
import type { Clock } from './clock.ts'
import { Fault, type Faults } from './faults.ts'
import { type Answer, type Call, empty, header, json, parseJson } from './http.ts'
import type { Log } from './log.ts'
import { Refused, type SandboxProvider } from './provider.ts'

export type Desk = { clock: Clock; faults: Faults; log: Log; providers: readonly SandboxProvider[]; url: string }

const YEARS = 10 * 365 * 24 * 60 * 60
const Advance = z.strictObject({ advanceSeconds: z.number().min(-YEARS).max(YEARS) })
const ForProvider = z.looseObject({ provider: z.string() })

/** Answers a call under /__sandbox/, the switchboard for tests and demos. */
export async function answerControl(call: Call, desk: Desk): Promise<Answer> {
  if (isForeign(call, desk.url)) return json(403, { error: 'control is not for other web pages' })
  try {
    return await answer(call, desk)
  } catch (problem) {
    if (problem instanceof Refused) return json(400, { error: problem.message })
    if (problem instanceof z.ZodError) return json(400, { error: z.prettifyError(problem) })
    throw problem
  }
}

async function answer(call: Call, { clock, faults, log, providers }: Desk): Promise<Answer> {
  const input = parseJson(call.body)
  const target = (id: unknown) => {
    const found = providers.find((provider) => provider.id === id)
    if (found) return found
    throw new Refused(`no provider ${String(id)}; there are: ${providers.map((provider) => provider.id).join(', ')}`)
  }
  const [, webhook] = /^POST \/__sandbox\/webhooks\/([\w-]+)$/.exec(`${call.method} ${call.path}`) ?? []
  if (webhook !== undefined) return json(200, await target(webhook).webhook(input))
  switch (`${call.method} ${call.path}`) {
    case 'GET /__sandbox/health':
      return json(200, { ok: true, now: new Date(clock.now()).toISOString(), providers: providers.map(({ id }) => id) })
    case 'POST /__sandbox/clock':
      clock.advance(Advance.parse(input).advanceSeconds)
      return json(200, { now: new Date(clock.now()).toISOString() })
    case 'POST /__sandbox/faults':
      faults.add(z.array(Fault).parse(input))
      return json(200, { ok: true })
    case 'DELETE /__sandbox/faults':
      faults.clear()
      return empty(204)
    case 'POST /__sandbox/revoke':
      return json(200, await target(ForProvider.parse(input).provider).revoke(input))
    case 'POST /__sandbox/set':
      return json(200, await target(ForProvider.parse(input).provider).set(input))
    case 'GET /__sandbox/log':
      return json(200, log.entries())
    case 'DELETE /__sandbox/log':
      log.clear()
      return empty(204)
    case 'POST /__sandbox/reset':
      clock.reset()
      faults.clear()
      log.clear()
      for (const provider of providers) provider.reset()
      return json(200, { ok: true })
    default:
      return json(404, { error: 'no such control' })
  }
}

// A web page open in the same browser could otherwise send these calls too.
function isForeign(call: Call, url: string): boolean {
  const site = header(call, 'sec-fetch-site')
  const origin = header(call, 'origin')
  return (site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && origin !== url)
}
