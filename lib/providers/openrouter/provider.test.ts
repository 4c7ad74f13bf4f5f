import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { now } from '#lib/platform/clock.ts'
import { judge } from '#lib/providers/api.ts'
import { modelId, modelName } from './ids.ts'
import { perMillion } from './prices.ts'
import { openrouter } from './provider.ts'

const judged = (status: number, message = '', headers: Record<string, string> = {}) =>
  judge(openrouter, {
    status,
    headers: new Headers(headers),
    body: JSON.stringify({ error: { code: status, message } }),
  })
const secondsUntil = (date: Date | null) => Math.round(((date?.getTime() ?? 0) - now().getTime()) / 1000)

describe('what OpenRouter means by a refusal', () => {
  test.each([
    [401, 'Missing Authentication header', 'expired'],
    [401, 'User not found.', 'expired'],
    [402, 'Insufficient credits. Add more using https://openrouter.ai/credits', 'plan'],
    [403, 'Key limit exceeded (daily limit). Manage it using https://openrouter.ai/settings/keys', 'plan'],
    [403, 'Only management keys can perform this operation', 'forbidden'],
    [403, 'Request blocked: prompt injection patterns detected', 'forbidden'],
    [404, 'No endpoints found for lathe/bolt-2.', 'not_found'],
    [400, 'lathe/bolt-0 is not a valid model ID', 'not_found'],
    [400, 'Invalid request parameters', 'unavailable'],
    [408, 'Request timed out', 'unavailable'],
    [413, 'Payload too large', 'unavailable'],
    [422, 'Unprocessable', 'unavailable'],
    [429, 'Rate limit exceeded', 'rate_limited'],
    [502, 'Provider returned error', 'unavailable'],
    [503, 'Overloaded', 'unavailable'],
    [524, '', 'unavailable'],
    [529, '', 'unavailable'],
  ])('%d %s', (status, message, failure) => {
    expect(judged(status, message).failure).toBe(failure)
  })

  test('a prompt that is too long for the model is told from a model that is not there', () => {
    const long = judged(400, 'This endpoint’s maximum context length is 8192 tokens.')
    expect(long).toMatchObject({ failure: 'forbidden', detail: 'too_long' })
  })

  test('a wait is as long as OpenRouter says, in whichever of its two ways', () => {
    const inAMinute = now().getTime() + 60_000
    const reset = (value: number) => ({
      'x-ratelimit-limit': '20',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.round(value)),
    })
    expect(secondsUntil(judged(429, '', { 'retry-after': '7' }).retryAt)).toBe(7)
    expect(secondsUntil(judged(503, '', { 'retry-after': '12' }).retryAt)).toBe(12)
    expect(Math.abs(secondsUntil(judged(429, '', reset(inAMinute)).retryAt) - 60)).toBeLessThanOrEqual(1)
    expect(Math.abs(secondsUntil(judged(429, '', reset(inAMinute / 1000)).retryAt) - 60)).toBeLessThanOrEqual(1)
    expect(judged(429, '', reset(1000)).retryAt).toBeNull()
  })

  test('the free models’ limit is no limit of the account', () => {
    const headers = { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000000' }
    expect(openrouter.limit?.(new Headers(headers))).toEqual({
      limit: 20,
      remaining: 0,
      resetsAt: new Date(1_800_000_000_000),
      resource: 'free_models',
    })
    expect(openrouter.limit?.(new Headers({ 'x-ratelimit-limit': '20' }))).toBeNull()
  })

  test('nothing that OpenRouter wrote is in the failure', () => {
    const { message, detail } = judged(403, 'Request blocked: Northwind merger')
    expect(`${message} ${detail}`).not.toContain('Northwind')
  })
})

describe('prices', () => {
  test.each([
    ['0.00003', '30'],
    ['0.00000015', '0.15'],
    ['0.0000006', '0.6'],
    ['0.00000000125', '0.00125'],
    ['2', '2000000'],
    ['1e-7', '0.1'],
    ['3.5E-06', '3.5'],
    ['0', '0'],
    ['0.000', '0'],
    ['-1', null],
    ['', null],
    ['free', null],
    [undefined, null],
  ])('%s dollars for a token are %s for a million', (price, dollars) => {
    expect(perMillion(price)).toBe(dollars)
  })

  test('no price gains or loses a digit on the way', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 14 }), (digits, places) => {
        const text = String(digits).padStart(places + 1, '0')
        const price = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`
        const [whole = '', part = ''] = (perMillion(price) ?? '').split('.')
        expect(BigInt(whole + part) * 10n ** BigInt(14 - part.length)).toBe(digits * 10n ** BigInt(20 - places))
      }),
    )
  })
})

describe('models', () => {
  const Name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}\/[a-z0-9][a-z0-9.-]{0,30}(?::[a-z]{1,10})?$/)
  const idOf = (link: string) => openrouter.readers[0]?.match?.(new URL(link)) ?? null

  test('a name becomes an id that holds in a path, and comes back from it', () => {
    fc.assert(
      fc.property(Name, (name) => {
        expect(modelId(name)).toMatch(/^[\w-]+$/)
        expect(modelName(modelId(name))).toBe(name)
      }),
    )
  })

  test('no other text is the id of a model', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => modelName(text)).toThrow('not_found')
      }),
    )
    for (const name of ['../key', 'a/..', 'a/b/c', 'a/b?c=d', 'a', '/b', 'a b/c'])
      expect(() => modelName(modelId(name)), name).toThrow('not_found')
  })

  test.each([
    ['https://openrouter.ai/lathe/bolt-2', 'lathe/bolt-2'],
    ['https://openrouter.ai/lathe/bolt-2/', 'lathe/bolt-2'],
    ['https://openrouter.ai/lathe/bolt-2:free', 'lathe/bolt-2:free'],
    ['https://openrouter.ai/lathe/bolt-2%3Afree', 'lathe/bolt-2:free'],
    ['https://openrouter.ai/lathe/bolt-2/providers?sort=price#top', 'lathe/bolt-2'],
  ])('%s is %s', (link, name) => {
    expect(idOf(link)).toBe(modelId(name))
  })

  test.each([
    'https://openrouter.ai',
    'https://openrouter.ai/lathe',
    'https://openrouter.ai/settings/keys',
    'https://openrouter.ai/keys/bf5883af',
    'https://openrouter.ai/docs/quickstart',
    'https://openrouter.ai/lathe/bolt-2/unknown',
    'https://openrouter.ai/lathe/%2e%2e%2fkey',
    'https://openrouter.ai/lathe/%zz',
    'https://openrouter.ai.evil.example/lathe/bolt-2',
    'https://evil.example/openrouter.ai/lathe/bolt-2',
    'http://openrouter.ai:81/lathe/bolt-2',
  ])('%s is no model', (link) => {
    expect(idOf(link)).toBeNull()
  })
})
