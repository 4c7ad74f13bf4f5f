// TCP ports: is one free, give me one.
import net from 'node:net'
import { sleep } from './process.ts'

/**
 * Throws an Error that names port and variable when somebody else has the port. `patienceMs` is for a port that is being
 * let go of at this moment.
 */
export async function ensureFree(port: number, variable: string, host: string, patienceMs = 0): Promise<void> {
  for (const until = Date.now() + patienceMs; ; await sleep(100)) {
    // a browser takes `localhost` for ::1 too: whoever listens there would get our visitors
    const isFree = (await canListen(port, host)) && !(await isAnswered(port, '::1'))
    if (isFree) return
    if (Date.now() < until) continue
    throw new Error(`port ${port} is taken by another program: end that, or set ${variable} to another port`)
  }
}

/** Whether we could listen there. */
export function canListen(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Whether somebody answers there. */
function isAnswered(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host, timeout: 1000 })
    const answer = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
    socket.once('timeout', () => answer(false))
  })
}

/** A port on the loopback that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
