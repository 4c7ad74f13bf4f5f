import { OpenRouter } from '@openrouter/sdk'
import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { openrouterClient, VERIFIER } from '#tests/support/sandbox-openrouter.ts'

const openrouter = await newSandbox(openrouterClient)

beforeEach(async () => {
  await openrouter.set({ chunkDelayMs: 0 })
})

const sdk = (apiKey?: string) =>
  new OpenRouter({
    serverURL: `${openrouter.url}/openrouter-web/api/v1`,
    retryConfig: { strategy: 'none' },
    ...(apiKey ? { apiKey } : {}),
  })
const chatRequest = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user' as const, content: 'How many?' }] } // as const: a role

test('the official client trades a code and then reads its key', async () => {
  const { key, userId } = await sdk().oAuth.exchangeAuthCodeForAPIKey({
    requestBody: { code: await openrouter.codeFor('acme'), codeVerifier: VERIFIER, codeChallengeMethod: 'S256' },
  })
  expect(key).toMatch(/^sk-or-v1-/)
  const { data } = await sdk(key).apiKeys.getCurrentKeyMetadata()
  expect(data).toMatchObject({ creatorUserId: userId, isManagementKey: false })
})

test('the official client lists models and reads one', async () => {
  const client = sdk(await openrouter.keyFor('acme'))
  const pages = await client.models.list({ q: 'gpt-4o' })
  const names: string[] = []
  for await (const page of pages) names.push(...page.result.data.map(({ id }) => id))
  expect(names).toContain('openai/gpt-4o')
  const { data } = await client.models.get({ author: 'openai', slug: 'gpt-4o' })
  expect(data).toMatchObject({ id: 'openai/gpt-4o', contextLength: 128_000 })
})

test('the official client reads an answer whole and in pieces', async () => {
  await openrouter.set({ reply: 'Five retries [1].' })
  const client = sdk(await openrouter.keyFor('acme'))
  const whole = await client.chat.send({ chatRequest: { ...chatRequest, stream: false } })
  expect(whole).toMatchObject({ choices: [{ message: { content: 'Five retries [1].' } }] })
  let text = ''
  let tokens = 0
  const streamed = await client.chat.send({ chatRequest: { ...chatRequest, stream: true } })
  if (!(Symbol.asyncIterator in streamed)) throw new Error('it was not streamed')
  for await (const chunk of streamed) {
    text += chunk.choices[0]?.delta.content ?? ''
    tokens += chunk.usage?.completionTokens ?? 0
  }
  expect(text).toBe('Five retries [1].')
  expect(tokens).toBeGreaterThan(0)
})

test('the official client takes refusals for what they are', async () => {
  const broke = sdk(await openrouter.keyFor('lee-p'))
  await expect(broke.chat.send({ chatRequest: { ...chatRequest, stream: false } })).rejects.toMatchObject({
    statusCode: 402,
  })
  await expect(sdk('sk-or-v1-nobody').apiKeys.getCurrentKeyMetadata()).rejects.toMatchObject({ statusCode: 401 })
})
