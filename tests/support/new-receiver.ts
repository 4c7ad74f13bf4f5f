import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeEach } from 'vitest'

/** A request as it came in, with its body unread. */
export type Received = { path: string; headers: IncomingHttpHeaders; body: string }
export type Receiver = { url: string; received: Received[]; answerWith: number | null }

/** An app that is called by the simulated providers, for one test file: empty at each test, which may have it answer otherwise. */
export async function newReceiver(status = 200): Promise<Receiver> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      receiver.received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      })
      if (receiver.answerWith !== null) response.writeHead(receiver.answerWith).end('thanks')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`
  const receiver: Receiver = { url, received: [], answerWith: status }
  beforeEach(() => Object.assign(receiver, { received: [], answerWith: status }))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return receiver
}
