import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startSandbox } from '#sandbox/server.ts'
import { sandboxClient } from './sandbox.ts'

/** The simulated providers for one test file, at the port its environment names, as new for each test. */
export function withSandbox() {
  const port = Number(process.env.SANDBOX_PORT)
  const sandbox = sandboxClient(`http://127.0.0.1:${port}`)
  let running: Awaited<ReturnType<typeof startSandbox>>
  beforeAll(async () => {
    running = await startSandbox({ port, appUrl: 'http://localhost:3000' })
  })
  afterAll(() => running.close())
  beforeEach(() => sandbox.control.reset())
  return sandbox
}

export const TOKEN_PATH = '/github-web/login/oauth/access_token'
