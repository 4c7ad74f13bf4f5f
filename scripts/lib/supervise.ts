// Keeps a few parts running and ends them together. Knows nothing of what they are.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { messageOf } from './message-of.ts'
import { isAlive, signalGroup, sleep } from './process.ts'

/** A part that runs: how it ended, when it did, and how to end it. */
export type Running = { ended: Promise<string>; stop: () => Promise<void> }

/** Something to keep running. */
export type Part = {
  name: string
  /** resolves when it is ready for its users; rejects when it will not be, or when `signal` says that all is ending */
  start: (signal: AbortSignal) => Promise<Running>
  /** ends after every part that does not say so: the database behind its clients */
  outlives?: true
}

/** A Node program: arguments of node, what it finds in its environment, and where its output goes (a number: that file). */
export type Program = { args: readonly string[]; env: NodeJS.ProcessEnv; stdio?: 'inherit' | 'ignore' | number }

/** The parts of one product, kept running together. */
export type Supervisor = {
  /** starts a part and, from then on, starts it again whenever it ends by itself; rejects when the first start fails */
  keep: (part: Part) => Promise<void>
  /** runs a program to its end; rejects when it fails */
  run: (name: string, program: Program) => Promise<void>
  /** ends everything, clients first; calling it again changes nothing */
  stop: (fault: string | null) => Promise<void>
  isStopping: () => boolean
  /** resolves when nothing runs any more: with null after a stop that was asked for, else with what went wrong */
  over: Promise<string | null>
}

/** How often a part may fail within a minute before all of it is given up. */
const FAILURES_ALLOWED = 5
const WITHIN_MS = 60_000
const FIRST_PAUSE_MS = 200
const GRACE_MS = 15_000 // the worker gives its running jobs ten seconds

/** Thrown by what is under way when a stop comes in between. */
export class Stopped extends Error {
  override message = 'stopped'
}

/** A supervisor of nothing yet; it tells `say` what it does about a part that ended. */
export function supervise(say: (line: string) => void): Supervisor {
  const over = Promise.withResolvers<string | null>()
  const ending = new AbortController()
  const running = new Map<Part, Running>()
  const underWay = new Set<Promise<unknown>>()
  const isStopping = () => ending.signal.aborted

  const track = async <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work)
    try {
      return await work
    } finally {
      underWay.delete(work)
    }
  }
  const begin = async (part: Part) => {
    ending.signal.throwIfAborted()
    running.set(part, await part.start(ending.signal))
  }
  const endAll = (parts: Part[]) => Promise.all(parts.map(async (part) => running.get(part)?.stop()))
  const stop = async (fault: string | null) => {
    if (isStopping()) return
    ending.abort(new Stopped())
    await Promise.allSettled(underWay)
    await endAll([...running.keys()].filter((part) => !part.outlives))
    await endAll([...running.keys()].filter((part) => part.outlives))
    over.resolve(fault)
  }
  const watch = async (part: Part) => {
    const failures: number[] = []
    let how = await running.get(part)?.ended
    while (!isStopping()) {
      running.delete(part)
      failures.push(Date.now())
      const recent = failures.filter((at) => at > Date.now() - WITHIN_MS).length
      if (recent > FAILURES_ALLOWED) return stop(`${part.name} failed ${recent} times within a minute: ${how}`)
      say(`${part.name} ended (${how}): starting it again`)
      await sleep(FIRST_PAUSE_MS * 2 ** (recent - 1))
      how = await track(begin(part)).then(
        () => {
          say(`${part.name} runs again`)
          return running.get(part)?.ended
        },
        (error) => messageOf(error),
      )
    }
  }
  return {
    keep: async (part) => {
      await track(begin(part))
      void watch(part)
    },
    run: (name, program) => track(runToEnd(name, program, ending.signal)),
    stop: async (fault) => {
      void stop(fault)
      await over.promise
    },
    isStopping,
    over: over.promise,
  }
}

async function runToEnd(name: string, program: Program, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const child = spawnProgram(program)
  const end = () => void endProgram(child)
  signal.addEventListener('abort', end)
  const how = await exitOf(child)
  signal.removeEventListener('abort', end)
  signal.throwIfAborted()
  if (how !== 'exit 0') throw new Error(`${name} failed (${how})`)
}

/** A part that is a Node program; `whenReady` resolves when it serves, and rejects when it does not come to it. */
export function programPart(name: string, program: Program, whenReady: (child: ChildProcess) => Promise<void>): Part {
  const start = async (signal: AbortSignal) => {
    const child = spawnProgram(program)
    const ended = exitOf(child)
    const instead = Promise.withResolvers<never>()
    void ended.then((how) => instead.reject(new Error(`${name} ended before it was ready (${how})`)))
    signal.addEventListener('abort', () => instead.reject(signal.reason), { once: true })
    instead.promise.catch(() => {}) // once it is ready nobody waits for this any more
    try {
      await Promise.race([whenReady(child), instead.promise])
    } catch (error) {
      await endProgram(child)
      throw error
    }
    return { ended, stop: () => endProgram(child) }
  }
  return { name, start }
}

/** Starts Node in a process group of its own, so that the terminal's Ctrl-C reaches only the supervisor. */
function spawnProgram({ args, env, stdio = 'inherit' }: Program): ChildProcess {
  const preload = path.join(import.meta.dirname, 'end-with-supervisor.mjs')
  return spawn(process.execPath, ['--import', preload, ...args], {
    env: { ...env, SUPERVISOR_PID: String(process.pid) },
    stdio: ['ignore', stdio, stdio, 'ipc'],
    detached: true,
  })
}

async function exitOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, 'exit')
    return signal ?? `exit ${code}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error) // it could not be started
  }
}

/** Ends a program and everything in its group: asks, and when the grace is over insists. */
async function endProgram(child: ChildProcess): Promise<void> {
  const { pid } = child
  if (pid === undefined) return
  const until = Date.now() + GRACE_MS
  signalGroup(pid, 'SIGTERM')
  while (isAlive(pid) && child.exitCode === null && child.signalCode === null && Date.now() < until) await sleep(20)
  signalGroup(pid, 'SIGKILL') // the leader if it did not listen, and whatever it left behind
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}
