import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

export type Received = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
}
/** `body` is sent as JSON unless it is a text. `cut` ends the connection in the middle of it, `silent` never answers. */
export type Reply = {
  status?: number
  headers?: Record<string, string>
  body?: unknown
  cut?: true
  silent?: true
}

/** A server of this test's own on loopback, gone when the test is; `received` lists what reached it. */
export async function serve(reply: (request: Received) => Reply): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback')
    const one = {
      method: request.method ?? 'GET',
      path: decodeURIComponent(pathname),
      query: searchParams,
      headers: request.headers,
      body: Buffer.concat(parts).toString('utf8'),
    }
    received.push(one)
    const { status = 200, headers = {}, body, cut, silent } = reply(one)
    if (silent) return
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    if (!cut) return response.end(text)
    response.write(text.slice(0, 5))
    setTimeout(() => response.destroy(), 10)
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: `http://127.0.0.1:${address.port}`, received }
}
