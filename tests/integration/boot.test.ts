import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkKeys } from '#lib/vault/check-keys.ts'

/** Starts the worker with changes to its environment; resolves with how it ended and what it said, or `ready`. */
function boot(changes: Record<string, string | undefined>): Promise<{ ended: number | null | 'ready'; said: string }> {
  const child = spawn(process.execPath, ['--import', './scripts/lib/server-only.mjs', 'worker/main.ts'], {
    env: { ...process.env, LOG_LEVEL: 'info', ...changes } as NodeJS.ProcessEnv, // an undefined value unsets
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve) => {
    let said = ''
    const hear = (part: Buffer) => {
      said += part
      if (!said.includes('worker ready')) return
      child.kill('SIGTERM')
      resolve({ ended: 'ready', said })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('close', (code) => resolve({ ended: code, said }))
  })
}

test('the process starts as the app role', async () => {
  expect((await boot({})).ended).toBe('ready')
})

test('a superuser or the owner of the tables is refused at boot, with what to do', async () => {
  const superuser = await boot({ DATABASE_URL: process.env.SUPERUSER_DATABASE_URL })
  expect(superuser.ended).toBe(1)
  expect(superuser.said).toContain('is a superuser and has BYPASSRLS')
  const owner = await boot({ DATABASE_URL: process.env.MIGRATION_DATABASE_URL })
  expect(owner.ended).toBe(1)
  expect(owner.said).toContain('the role plugboard_owner owns the tables')
})

test('24: with another key under the same name the process does not start, and says which key', async () => {
  await checkKeys()
  const wrong = await boot({ KEYRING: `k1:${randomBytes(32).toString('base64')}` })
  expect(wrong.ended).toBe(1)
  expect(wrong.said).toContain('is not the key of that name')
})

test('without a required value the process does not start, and names it', async () => {
  const { ended, said } = await boot({ AUTH_SECRET: undefined, KEYRING: undefined })
  expect(ended).toBe(1)
  expect(said).toContain('AUTH_SECRET is not set')
  expect(said).toContain('KEYRING is not set')
})
