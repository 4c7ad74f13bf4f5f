import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { hashOf, openrouterClient } from '#tests/support/sandbox-openrouter.ts'

const openrouter = await newSandbox(openrouterClient)
let key: string

beforeEach(async () => {
  await openrouter.set({ chunkDelayMs: 0 })
  key = await openrouter.keyFor('dana-k')
})

const about = async (value = key) => (await (await openrouter.api('/key', value)).json()).data
const made = async (input: Record<string, unknown>) => {
  const { key: value } = await openrouter.set({ makeKey: { account: 'dana-k', ...input } })
  return String(value)
}

test('a key says its label, its limit and what it used', async () => {
  expect(await about()).toMatchObject({
    label: 'localhost:3000',
    limit: null,
    limit_remaining: null,
    limit_reset: null,
    usage: 0,
    is_free_tier: false,
    is_management_key: false,
    creator_user_id: expect.stringMatching(/^user_/),
  })
  expect(await about()).not.toHaveProperty('expires_at')
  expect((await about(await made({}))).label).toMatch(/^sk-or-v1-\w{3}\.\.\.\w{3}$/)
})

test('a key without a purchase is of the free tier', async () => {
  expect(await about(await openrouter.keyFor('priya-n'))).toMatchObject({ is_free_tier: true })
})

test('no key, a wrong one and one in another scheme are a 401 with its reason', async () => {
  const errorOf = async (authorization?: string) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
    const response = await openrouter.api('/key', undefined, { headers })
    return { status: response.status, ...(await response.json()).error }
  }
  expect(await errorOf()).toEqual({ status: 401, code: 401, message: 'Missing Authentication header' })
  for (const wrong of ['Bearer sk-or-v1-nobody', `Basic ${key}`, key])
    expect(await errorOf(wrong)).toMatchObject({ status: 401, code: 401, message: 'User not found.' })
})

test('a key that was deleted, disabled or has expired no longer opens anything', async () => {
  const statusOf = async (value: string) => (await openrouter.api('/key', value)).status
  const disabled = await made({})
  await openrouter.set({ changeKeys: { key: disabled, disabled: true } })
  const expiring = await made({ expiresAt: new Date(Date.now() + 60_000).toISOString() })
  expect([await statusOf(key), await statusOf(disabled), await statusOf(expiring)]).toEqual([200, 401, 200])
  expect(await about(expiring)).toHaveProperty('expires_at')
  await openrouter.control.clock(120)
  expect(await statusOf(expiring)).toBe(401)
  expect(await openrouter.control.revoke({ provider: 'openrouter', token: key })).toMatchObject({ ended: 1 })
  expect(await statusOf(key)).toBe(401)
  const others = [await openrouter.keyFor('sam-o'), await openrouter.keyFor('sam-o')]
  await openrouter.control.revoke({ provider: 'openrouter', account: 'sam-o' })
  for (const one of others) expect(await statusOf(one)).toBe(401)
})

test('what an answer costs is counted on the key and the account', async () => {
  const management = await made({ management: true })
  const spent = async () => (await (await openrouter.api('/credits', management)).json()).data.total_usage
  const before = await spent()
  const { usage } = await (await openrouter.chat(key)).json()
  expect(usage.cost).toBeGreaterThan(0)
  expect(await about()).toMatchObject({ usage: usage.cost, usage_daily: usage.cost, usage_monthly: usage.cost })
  expect((await spent()) - before).toBeCloseTo(usage.cost, 8)
  await openrouter.control.clock(86_400 * 40)
  expect(await about()).toMatchObject({ usage: usage.cost, usage_daily: 0, usage_monthly: 0 })
})

test('keys made by consent carry the limit and the end that are set for them', async () => {
  await openrouter.set({ keyLimit: 20, keyLimitReset: 'monthly', keySeconds: 3600 })
  expect(await about(await openrouter.keyFor('dana-k'))).toMatchObject({
    limit: 20,
    limit_remaining: 20,
    limit_reset: 'monthly',
    expires_at: expect.stringMatching(/Z$/),
  })
})

test('credits and the list of keys are for management keys, which in turn cannot chat', async () => {
  for (const path of ['/credits', '/keys']) {
    const response = await openrouter.api(path, key)
    expect([response.status, (await response.json()).error]).toEqual([
      403,
      { code: 403, message: 'Only management keys can perform this operation' },
    ])
  }
  const management = await made({ management: true })
  expect(await about(management)).toMatchObject({ is_management_key: true })
  expect((await openrouter.chat(management)).status).toBe(403)
  const { data } = await (await openrouter.api('/keys', management)).json()
  expect(data).toMatchObject([{ hash: hashOf(key), disabled: false }])
})

test('a management key deletes a key of its own account by its hash, and no other', async () => {
  const management = await made({ management: true })
  const other = await openrouter.keyFor('sam-o')
  const remove = (value: string) => openrouter.api(`/keys/${hashOf(value)}`, management, { method: 'DELETE' })
  expect((await remove(other)).status).toBe(404)
  expect(await (await remove(key)).json()).toEqual({ deleted: true })
  expect((await openrouter.api('/key', key)).status).toBe(401)
})

test('the models are listed without a key, those of text unless others are asked for', async () => {
  const ids = async (query = '') => {
    const { data } = await (await openrouter.api(`/models${query}`)).json()
    return data.map(({ id }: { id: string }) => id)
  }
  expect(await ids()).toContain('openai/gpt-4o')
  expect(await ids()).not.toContain('openai/text-embedding-3-small')
  expect(await ids('?output_modalities=all')).toContain('openai/text-embedding-3-small')
  expect(await ids('?q=llama&supported_parameters=tools')).toEqual([
    'meta-llama/llama-3.3-70b-instruct',
    'meta-llama/llama-3.3-70b-instruct:free',
  ])
  expect((await ids('?sort=context-high-to-low'))[0]).toBe('openrouter/auto')
  expect(await ids('?offset=1&limit=2')).toEqual((await ids()).slice(1, 3))
  expect((await openrouter.api('/models?limit=1001')).status).toBe(400)
  expect((await openrouter.api('/models/user')).status).toBe(401)
  expect((await openrouter.api('/models/user', key)).status).toBe(200)
})

test('a model has its context length, and its prices as decimal strings per token', async () => {
  const { data } = await (await openrouter.api('/model/openai/gpt-4o-mini', key)).json()
  expect(data).toMatchObject({
    id: 'openai/gpt-4o-mini',
    context_length: 128_000,
    pricing: { prompt: '0.00000015', completion: '0.0000006', request: '0' },
  })
  const { data: router } = await (await openrouter.api('/model/openrouter/auto', key)).json()
  expect(router.pricing.prompt).toBe('-1')
  const unknown = await openrouter.api('/model/openai/gpt-0', key)
  expect([unknown.status, await unknown.json()]).toEqual([404, { error: { code: 404, message: 'Resource not found' } }])
})

test('a model that is gone is in no list and has no page', async () => {
  await openrouter.set({ goneModels: ['openai/gpt-4o'] })
  expect(await (await openrouter.api('/models')).text()).not.toContain('"id":"openai/gpt-4o"')
  expect((await openrouter.api('/model/openai/gpt-4o', key)).status).toBe(404)
  expect((await fetch(`${openrouter.web}/openai/gpt-4o`)).status).toBe(404)
  expect((await fetch(`${openrouter.web}/openai/gpt-4o-mini`)).status).toBe(200)
})
