import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSandbox } from '#sandbox/server.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { sandboxClient } from '#tests/support/sandbox.ts'

const port = Number(process.env.SANDBOX_PORT)
const sandbox = sandboxClient(`http://127.0.0.1:${port}`)
let running: Awaited<ReturnType<typeof startSandbox>>
beforeAll(async () => {
  running = await startSandbox({ port, appUrl: 'http://localhost:3000' })
})
afterAll(() => running.close())
beforeEach(() => sandbox.control.reset())

test('a member who authorizes at GitHub is connected under their own name', async () => {
  const org = await newOrganization()
  const { attempt, connection } = await connect(org.owner, { account: 'dana-k' })
  expect(attempt.status).toBe('succeeded')
  expect(connection).toMatchObject({ status: 'connected', signal: 'green', slot: 'user', account: { label: '@dana-k' } })
})
