import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

const key = () => randomBytes(32).toString('base64')
const complete = () => ({
  DATABASE_URL: 'postgresql://app@127.0.0.1/plugboard',
  APP_URL: 'https://plugboard.example',
  AUTH_SECRET: 'a'.repeat(43),
  KEYRING: `k2:${key()},k1:${key()}`,
})
const faults = (source: Record<string, string | undefined>) => {
  try {
    parseEnv(source)
    return ''
  } catch (error) {
    return String(error)
  }
}

test('every required value that is missing is named at once', () => {
  const told = faults({})
  for (const name of ['DATABASE_URL', 'APP_URL', 'AUTH_SECRET', 'KEYRING']) expect(told).toContain(`${name} is not set`)
  expect(faults({ ...complete(), AUTH_SECRET: '' })).toContain('AUTH_SECRET is not set')
})

test('a wrong value is named without being repeated', () => {
  const told = faults({ ...complete(), AUTH_SECRET: 'short-secret', KEYRING: 'k1:bm90LTMyLWJ5dGVz' })
  expect(told).toContain('AUTH_SECRET must be at least 32 characters')
  expect(told).toContain('KEYRING must be kid:base64 of 32 bytes')
  expect(told).not.toMatch(/short-secret|bm90LTMy/)
})

test('a provider’s client without its secret, or an origin that is none, is named', () => {
  expect(faults({ ...complete(), PROVIDER_GITHUB_CLIENT_ID: 'id' })).toContain(
    'PROVIDER_GITHUB_CLIENT_SECRET is not set',
  )
  expect(faults({ ...complete(), PROVIDER_GITHUB_CLIENT_SECRET: 'secret' })).toContain(
    'PROVIDER_GITHUB_CLIENT_ID is not set',
  )
  const told = faults({ DATABASE_URL: '', PROVIDER_GITHUB_API_ORIGIN: 'foo' })
  expect(told).toContain('PROVIDER_GITHUB_API_ORIGIN must be an address')
  expect(told).toContain('DATABASE_URL is not set')
})

test('the public address is https, except on loopback, and keeps its origin alone', () => {
  expect(faults({ ...complete(), APP_URL: 'http://plugboard.example' })).toContain('APP_URL must be https')
  expect(parseEnv({ ...complete(), APP_URL: 'http://localhost:3000/x' }).APP_URL).toBe('http://localhost:3000')
})

test('the keyring keeps its order: the first key seals, all open', () => {
  expect(parseEnv(complete()).KEYRING.map(({ kid, key }) => [kid, key.length])).toEqual([
    ['k2', 32],
    ['k1', 32],
  ])
})

test("a provider's client and origins are read by its name", () => {
  const { providers } = parseEnv({
    ...complete(),
    PROVIDER_GITHUB_CLIENT_ID: 'Iv1.a',
    PROVIDER_GITHUB_CLIENT_SECRET: 's',
    PROVIDER_GITHUB_API_ORIGIN: 'https://github.acme.example/api/v3/',
  })
  expect(providers.GITHUB).toEqual({
    clientId: 'Iv1.a',
    clientSecret: 's',
    origins: { api: 'https://github.acme.example/api/v3' },
  })
})
