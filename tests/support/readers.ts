import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const Report = z.object({ good: z.number(), failures: z.array(z.string()), ms: z.number() })
export type Report = z.infer<typeof Report>
export type Readers = { begin: () => void; report: Promise<Report | null>; kill: () => void; pid: number }

type Task = { session: string; org: string; connection: string; readers: number; path?: string; asSecond?: true }

/** Starts a process that will read through a connection `readers` times at once; resolves when it is ready to. */
export async function startReaders(task: Task, env: Record<string, string> = {}): Promise<Readers> {
  const child: ChildProcessWithoutNullStreams = spawn(
    process.execPath,
    ['--import', './scripts/lib/server-only.mjs', 'tests/support/reader.ts', JSON.stringify(task)],
    { env: { ...process.env, LOG_LEVEL: 'silent', ...env }, stdio: 'pipe' },
  )
  let noise = ''
  child.stderr.on('data', (part) => {
    noise += part
  })
  const lines = createInterface({ input: child.stdout })
  const iterator = lines[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.value !== 'ready') throw new Error(`the reader did not start: ${noise}`)
  const report = iterator.next().then(({ value }) => (value ? Report.parse(JSON.parse(value)) : null))
  return {
    begin: () => child.stdin.write('go\n'),
    report,
    kill: () => child.kill('SIGKILL'),
    pid: child.pid ?? 0,
  }
}

/** Lets processes that are ready read all at once. Returns how many were answered, and what the others were told. */
export async function storm(readers: readonly Readers[]): Promise<{ good: number; failures: string[] }> {
  for (const one of readers) one.begin()
  const reports = await Promise.all(readers.map(({ report }) => report))
  return {
    good: reports.reduce((sum, report) => sum + (report?.good ?? 0), 0),
    failures: [...new Set(reports.flatMap((report) => report?.failures ?? []))],
  }
}
