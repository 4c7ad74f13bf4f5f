// The programs of the product: what is run, and when each is ready.
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { sleep } from './process.ts'
import type { Settings } from './settings.ts'
import { type Part, type Program, programPart } from './supervise.ts'

const READY_WITHIN_MS = 60_000
const COMPILED_WITHIN_MS = 180_000 // `next dev` compiles the page when it is asked for
const serverOnly = path.join(import.meta.dirname, 'server-only.mjs')

/** TypeScript in plain Node, with `server-only` answered. */
export function nodeProgram(args: readonly string[], env: NodeJS.ProcessEnv): Program {
  return { args: ['--import', serverOnly, ...args], env }
}

/** `next start` on the build in `folder`, or `next dev` where there is none. */
export function webPart(settings: Settings, env: NodeJS.ProcessEnv, folder: string | null): Part {
  const { host, isDev, port } = settings
  const args = ['node_modules/next/dist/bin/next', isDev ? 'dev' : 'start', '-H', host, '-p', String(port)]
  const program = { args, env: { ...env, ...(folder ? { BUILD_FOLDER: folder } : {}) } }
  const url = `http://${reachable(host)}:${port}/api/health/ready`
  return programPart('web', program, () => answers('web', url, isDev ? COMPILED_WITHIN_MS : READY_WITHIN_MS))
}

/** The second process: it tells its parent `ready` when every room's jobs are taken. */
export function workerPart(env: NodeJS.ProcessEnv): Part {
  return programPart('worker', nodeProgram(['worker/main.ts'], env), (child) => saysReady('worker', child))
}

/** The simulated providers. */
export function sandboxPart({ sandboxPort }: Settings, env: NodeJS.ProcessEnv): Part {
  const url = `http://127.0.0.1:${sandboxPort}/__sandbox/health`
  return programPart('sandbox', nodeProgram(['sandbox/main.ts'], env), () => answers('sandbox', url))
}

/** A host to connect to, for one to listen on. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** Resolves when `url` answers 200; rejects after a minute with what it answered last. */
export async function answers(name: string, url: string, withinMs = READY_WITHIN_MS): Promise<void> {
  const until = Date.now() + withinMs
  let last = 'nobody listens'
  for (; Date.now() < until; await sleep(50)) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'manual' })
      await answer.body?.cancel()
      if (answer.ok) return
      last = `it answers ${answer.status}`
    } catch (error) {
      last = error instanceof Error && error.name === 'TimeoutError' ? 'it does not answer' : 'nobody listens'
    }
  }
  throw new Error(`${name} was not ready within ${withinMs / 1000} s: ${last} at ${url}`)
}

/** Resolves when the program sends its parent the message `ready`; rejects after a minute. */
export function saysReady(name: string, child: ChildProcess, withinMs = READY_WITHIN_MS): Promise<void> {
  return new Promise((resolve, reject) => {
    const fault = new Error(`${name} was not ready within ${withinMs / 1000} s`)
    const timer = setTimeout(() => reject(fault), withinMs).unref()
    child.on('message', (message) => {
      if (message !== 'ready') return
      clearTimeout(timer)
      resolve()
    })
  })
}
