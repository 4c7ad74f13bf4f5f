import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { createApi, judge } from '#lib/providers/api.ts'
import type { Piece } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { modelId } from '#lib/providers/openrouter/ids.ts'
import { openrouter } from '#lib/providers/openrouter/provider.ts'
import { serve } from '#tests/support/loopback.ts'
import { eventStream, modelReader } from '#tests/support/openrouter-api.ts'

// Answers of the real service, kept outside the project, as github-recorded.test.ts says.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/openrouter`
const isAbsent = !existsSync(folder)

type Recorded = { status: number; body: unknown }
const recorded = (name: string): Recorded => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))

const id = modelId('openai/gpt-4')
const models = modelReader()
const { signal } = new AbortController()
const converse = async (api: Api) => {
  const pieces: Piece[] = []
  const prompt = { model: id, rules: '', question: 'What is the capital of France?', maxTokens: 150, signal }
  for await (const piece of openrouter.converse?.ask(api, prompt) ?? []) pieces.push(piece)
  return pieces
}

/** What the product does with each answer that it can meet. */
const met: Record<string, (api: Api) => Promise<unknown>> = {
  'key-info': (api) => openrouter.identify(api, { token: 't' }),
  'list-models': (api) => models.list(api, {}),
  'single-model': (api) => models.read(api, id),
}
const means: Record<string, string> = {
  'key-info-401': 'expired',
  'chat-completion-401': 'expired',
  'models-user-401': 'expired',
  'chat-completion-402': 'plan',
  'chat-403-guardrail': 'forbidden',
  'credits-403': 'forbidden',
  'chat-404': 'not_found',
  'single-model-404': 'not_found',
  'chat-429': 'rate_limited',
  'rate-limited-429': 'rate_limited',
  'chat-502': 'unavailable',
}
const breaking: Record<string, string> = {
  'chat-stream-mid-error-429': 'rate_limited',
  'chat-stream-mid-error': 'unavailable',
}

const apiOf = async (name: string): Promise<Api> => {
  const { url } = await serve(() => recorded(name))
  return createApi({ provider: openrouter, grant: { token: 't' }, base: url })
}
const outcomes: Record<string, object> = {
  'auth-keys-exchange': { token: expect.stringMatching(/^sk-or-v1-/) },
  'auth-keys-exchange-400': { name: 'TokenRefused', code: 'invalid_request', isFinal: false },
}
const present = (names: object) => Object.keys(names).filter((name) => existsSync(`${folder}/${name}.json`))

describe('answers of the real service', () => {
  test.skipIf(isAbsent).each(Object.keys(met))('%s is read', async (name) => {
    expect(await met[name]?.(await apiOf(name))).toBeTruthy()
  })

  test.skipIf(isAbsent)('refusals mean what OpenRouter says', () => {
    for (const name of present(means)) {
      const { status, body } = recorded(name)
      const { failure } = judge(openrouter, { status, headers: new Headers(), body: JSON.stringify(body) })
      expect([name, failure]).toEqual([name, means[name]])
    }
  })

  test.skipIf(isAbsent)('a piece of an answer, and one that breaks off, are told apart', async () => {
    const streamed = async (name: string) => {
      const { url } = await serve(() => eventStream(recorded(name).body))
      const api = createApi({ provider: openrouter, grant: { token: 't' }, base: url })
      return converse(api).catch((error: unknown) => error)
    }
    // it has no end, so it is one that broke off
    expect(await streamed('chat-stream-chunk')).toMatchObject({ failure: 'unavailable', detail: 'broke_off' })
    for (const name of present(breaking)) expect(await streamed(name)).toMatchObject({ failure: breaking[name] })
  })

  test.skipIf(isAbsent).each(Object.keys(outcomes))('%s is understood', async (name) => {
    const { url } = await serve(() => recorded(name))
    const [first] = openrouter.auth
    const method = first as OAuth2 // its only method
    const input = { method, endpoint: url, client: null, redirectUri: 'http://x/cb', code: 'c', verifier: 'v' }
    const outcome = await exchangeCode(input).catch((error: unknown) => error)
    expect(outcome).toMatchObject(outcomes[name] ?? {})
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    const decided = [...Object.keys(met), ...Object.keys(means), ...Object.keys(breaking)]
    // What the product does not ask for.
    const unasked =
      /^(activity|auth-keys|chat-stream-chunk|chat-completion$|credits|delete-key|generation|get-generation|list-keys|model-endpoints|models-count|models-user$|presets|providers)/
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.filter((name) => !decided.includes(name) && !unasked.test(name))).toEqual([])
  })
})
