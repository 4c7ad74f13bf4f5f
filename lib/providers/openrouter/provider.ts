import { z } from 'zod'
import type { Provider } from '#lib/providers/define.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { converse } from './chat.ts'
import { failure, limit, Refusal } from './failure.ts'
import { identify } from './identify.ts'
import { models } from './models.ts'

const Made = z.object({ key: z.string() })

/** A 400 that names the method is ours to mend; any other refusal means that this code opens nothing. */
const refusalFor = (code: number | string): string => (String(code) === '403' ? 'invalid_grant' : 'invalid_request')

/**
 * What a code is traded for is a key, not a token, and it is a bearer's all the same
 * (openrouter.ai/docs/guides/overview/auth/oauth).
 */
function tokenAnswer(body: unknown): unknown {
  const made = Made.safeParse(body)
  if (made.success) return { access_token: made.data.key, token_type: 'Bearer' }
  const refused = Refusal.safeParse(body)
  return refused.success ? { error: refusalFor(refused.data.error.code) } : body
}

const oauth: OAuth2 = {
  type: 'oauth2',
  client: null,
  clientAuth: 'none',
  pkce: true,
  scopes: [],
  refresh: 'never',
  dialect: { redirectParameter: 'callback_url', stateInRedirect: true, withoutClient: true, tokenAnswer },
}

export const openrouter: Provider = {
  id: 'openrouter',
  name: 'OpenRouter',
  category: 'LLM provider',
  slots: ['organization'],
  before: [
    'An OpenRouter account that may spend credits for your organization.',
    'Credits on it, unless only free models are asked.',
  ],
  provides: [
    { what: 'Models with context size and price', lane: 'live' },
    { what: 'Answers about boards, written by a model', lane: 'live' },
  ],
  origins: { web: 'https://openrouter.ai' },
  endpoints: ({ web }) => ({
    api: `${web}/api/v1`,
    authorize: `${web}/auth`,
    token: `${web}/api/v1/auth/keys`,
  }),
  auth: [oauth],
  identify,
  readers: [models],
  converse,
  failure,
  limit,
  leave: {
    // A key is deleted with a key that manages keys, which we are never given.
    revoke: 'none',
    by: 'https://openrouter.ai/settings/keys',
    steps: ['Open openrouter.ai/settings/keys.', 'Find the key that Plugboard was given.', 'Delete it.'],
  },
  guide: {
    connect: [
      'Sign in at OpenRouter if it asks you to, and authorize a key for Plugboard. There is nothing to type or to copy.',
      'What boards ask is paid with the credits of the account that authorizes it.',
    ],
  },
}
