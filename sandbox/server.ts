import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { startClock } from './clock.ts'
import { answerControl, type Desk } from './control.ts'
import { type Fault, startFaults } from './faults.ts'
import { type Answer, type Call, json, readBody, send } from './http.ts'
import { indexPage } from './index-page.ts'
import { shortened, startLog } from './log.ts'
import type { SandboxProvider, ServedRepository } from './provider.ts'
import { providers } from './providers.ts'

/** `port` 0 takes any free one. `appUrl` is the app that consent returns to and webhooks go to. */
type SandboxOptions = { port: number; host?: string; appUrl: string; repositories?: ServedRepository[] }
export type Sandbox = { url: string; port: number; close(): Promise<void> }

/** Starts the simulated providers on one port. */
export async function startSandbox({
  port,
  host = '127.0.0.1',
  appUrl,
  repositories = [],
}: SandboxOptions): Promise<Sandbox> {
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  const url = `http://${host}:${actual}`
  const clock = startClock()
  const world = { clock, url, appUrl, repositories }
  const desk: Desk = {
    clock,
    faults: startFaults(),
    log: startLog(),
    url,
    providers: providers.map((start) => start(world)),
  }
  server.on('request', (request, response) => {
    receive(request, response, desk).catch((problem: unknown) => {
      console.error('sandbox:', problem)
      if (!response.headersSent) void send(response, json(500, { error: 'the sandbox failed; see its output' }))
    })
  })
  return {
    url,
    port: actual,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function receive(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const body = await readBody(request)
  if (body === null) return send(response, json(413, { error: 'larger than 5 MB' }))
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  const [, prefix = ''] = path.split('/')
  const origin = `/${prefix}`
  const call: Call = {
    method: request.method ?? 'GET',
    origin,
    path,
    rest: path.slice(origin.length) || '/',
    query: new URLSearchParams(query.join('?')),
    headers: request.headers,
    body,
    address: request.socket.remoteAddress ?? '',
    note: {},
  }
  const served = desk.providers.filter((one) => origin in one.origins && (one.serves?.(call) ?? true))
  const [provider] = served
  const ids = served.map(({ id }) => id)
  if (provider) return serve(response, provider, call, desk, ids)
  if (origin === '/__sandbox') return send(response, await answerControl(call, desk))
  await send(response, path === '/' ? indexPage(desk) : json(404, { error: 'nothing is served here; see /' }))
}

async function serve(
  response: ServerResponse,
  provider: SandboxProvider,
  call: Call,
  { faults, log, clock }: Desk,
  ids: readonly string[],
): Promise<void> {
  const entry = log.begin(provider.id, call, clock.now())
  const fault = faults.take({ providers: ids, method: call.method, path: call.path, rest: call.rest })
  if (fault) entry.fault = true
  const answer = await answerWith(fault, () => provider.answer(call))
  if (call.note.account !== undefined) entry.account = call.note.account
  if (call.note.token !== undefined) entry.token = shortened(call.note.token)
  if (call.note.headers !== undefined) entry.headers = call.note.headers
  entry.status = answer?.status ?? 0
  if (answer) await send(response, answer)
  else response.destroy()
}

/** The answer as a fault bends it; null cuts the connection. */
async function answerWith(fault: Fault | null, work: () => Answer | Promise<Answer>): Promise<Answer | null> {
  if (!fault) return work()
  const takesEffectFirst = fault.after === true || fault.drop === 'after'
  const early = takesEffectFirst ? await work() : null
  if (fault.delayMs !== undefined) await wait(fault.delayMs)
  if (fault.drop) return null
  if (fault.status !== undefined) return faultAnswer(fault.status, fault)
  const answer = early ?? (await work())
  return { ...answer, headers: { ...answer.headers, ...fault.headers } }
}

function faultAnswer(status: number, { headers, body }: Fault): Answer {
  if (typeof body === 'string' || body === undefined) return { status, headers, body: body ?? '' }
  return json(status, body, headers)
}
