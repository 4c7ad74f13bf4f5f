// The programs of the product, as the supervisor starts them.
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { sleep } from './process.ts'
import type { Settings } from './settings.ts'
import { type Part, programPart } from './supervise.ts'

const READY_WITHIN_MS = 60_000
const serverOnly = ['--import', path.join(import.meta.dirname, 'server-only.mjs')]

/** `next start` on the build in `folder`, or `next dev` where there is none. */
export function webPart(settings: Settings, env: NodeJS.ProcessEnv, folder: string | null): Part {
  const { host, isDev, port } = settings
  const args = ['node_modules/next/dist/bin/next', isDev ? 'dev' : 'start', '-H', host, '-p', String(port)]
  const url = `http://${reachable(host)}:${port}/api/health/ready`
  return programPart('web', { args, env: { ...env, ...(folder ? { BUILD_FOLDER: folder } : {}) } }, () =>
    answers('web', url),
  )
}

/** The second process: it says `ready` when every room's jobs are taken. */
export function workerPart(env: NodeJS.ProcessEnv): Part {
  return programPart('worker', { args: [...serverOnly, 'worker/main.ts'], env }, saysReady)
}

/** The simulated providers. */
export function sandboxPart(port: number, env: NodeJS.ProcessEnv): Part {
  const url = `http://127.0.0.1:${port}/__sandbox/health`
  return programPart('sandbox', { args: [...serverOnly, 'sandbox/main.ts'], env }, () => answers('sandbox', url))
}

/** The demo organizations; changes nothing where they are there. */
export const seedProgram = (env: NodeJS.ProcessEnv) => ({ args: [...serverOnly, 'prisma/seed.ts'], env })

/** A host to connect to, for one to listen on. */
const reachable = (host: string) =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host

async function answers(name: string, url: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS
  let last = 'no answer'
  for (; Date.now() < until; await sleep(50)) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'manual' })
      await answer.body?.cancel()
      if (answer.ok) return
      last = String(answer.status)
    } catch (error) {
      last = error instanceof Error && error.name === 'TimeoutError' ? 'no answer within 10 s' : 'nobody listens'
    }
  }
  throw new Error(`${name} was not ready at ${url} within ${READY_WITHIN_MS / 1000} s (last: ${last})`)
}

function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const fault = new Error(`worker was not ready within ${READY_WITHIN_MS / 1000} s`)
    const timer = setTimeout(() => reject(fault), READY_WITHIN_MS).unref()
    child.on('message', (message) => {
      if (message !== 'ready') return
      clearTimeout(timer)
      resolve()
    })
  })
}
