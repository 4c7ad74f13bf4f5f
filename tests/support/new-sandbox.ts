import { afterAll, beforeEach } from 'vitest'
import { startSandbox } from '#sandbox/server.ts'
import type { SandboxClient } from './sandbox.ts'

/** The simulated providers for one test file, at a port of their own, as new for each test; seen through one client. */
export async function newSandbox<Seen extends SandboxClient>(
  seenThrough: (url: string) => Seen,
  appUrl = 'http://localhost:3000',
): Promise<Seen> {
  const running = await startSandbox({ port: 0, appUrl })
  const seen = seenThrough(running.url)
  beforeEach(() => seen.control.reset())
  afterAll(() => running.close())
  return seen
}
