// Processes of a measurement: the parent asks a line, the child answers one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A child that waits for questions. */
export type Child = { ask: (question: string) => Promise<string>; end: () => void }

/** Starts `file` with `task` as JSON in its arguments; resolves when it is ready for questions. */
export async function startChild(file: string, task: object, env: NodeJS.ProcessEnv): Promise<Child> {
  const args = ['--import', './scripts/lib/server-only.mjs', file, JSON.stringify(task)]
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${file} ended before it answered`)
    return value
  }
  if ((await next()) !== 'ready') throw new Error(`${file} did not start`)
  return {
    ask: (question) => {
      child.stdin.write(`${question}\n`)
      return next()
    },
    end: () => child.stdin.end(),
  }
}

/** Answers questions until the parent has no more, or is gone. */
export async function answerParent(answer: (question: string) => Promise<string>): Promise<void> {
  process.stdout.write('ready\n')
  for await (const question of createInterface({ input: process.stdin }))
    if (!process.stdout.write(`${await answer(question)}\n`)) await once(process.stdout, 'drain')
}
