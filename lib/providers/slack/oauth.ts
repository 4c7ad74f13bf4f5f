import { z } from 'zod'
import type { OAuth2, Scope } from '#lib/providers/define-auth.ts'

const Token = z.object({
  access_token: z.string(),
  scope: z.string().optional(),
  expires_in: z.unknown().optional(),
  refresh_token: z.unknown().optional(),
})
const Answer = z.object({ ok: z.literal(true), authed_user: z.unknown().optional() })
const Refusal = z.object({ ok: z.literal(false), error: z.string() })

/** Slack calls a token `bot` or `user`; both are bearer tokens (docs.slack.dev/authentication/tokens). */
function inStandardForm(body: unknown): Record<string, unknown> | null {
  const token = Token.safeParse(body).data
  if (!token) return null
  const { scope, ...rest } = token
  return { ...rest, token_type: 'bearer', ...(scope === undefined ? {} : { scope: scope.replaceAll(',', ' ') }) }
}

/**
 * The token of the app stands at the top, that of the person who installed it in `authed_user`; alone, it is the one that
 * was asked for. Errors come with 200 (docs.slack.dev/reference/methods/oauth.v2.access).
 */
function tokenAnswer(body: unknown): unknown {
  const refusal = Refusal.safeParse(body).data
  if (refusal) return { error: refusal.error }
  const answer = Answer.safeParse(body).data
  if (!answer) return undefined
  const [first, second] = [inStandardForm(body), inStandardForm(answer.authed_user)]
  return first && second ? { ...first, second } : (first ?? second)
}

const scopes: readonly Scope[] = [
  { name: 'channels:read', why: 'To list the public channels of the workspace and show their topics.' },
  { name: 'channels:history', why: 'To read messages in public channels that Plugboard is in.' },
  {
    name: 'channels:join',
    why: 'To join a public channel when somebody turns it on here.',
    optional: true,
    limits: 'Plugboard has to be invited to each public channel.',
    risk: 'join public channels',
    writes: true,
  },
  {
    name: 'groups:read',
    why: 'To list the private channels that Plugboard was invited to.',
    optional: true,
    limits: 'Private channels are not shown.',
  },
  {
    name: 'groups:history',
    why: 'To read messages in private channels that Plugboard was invited to and an admin turned on.',
    optional: true,
    limits: 'Messages in private channels can’t be read.',
  },
  {
    name: 'users:read',
    why: 'To show who wrote a message.',
    optional: true,
    limits: 'Messages are shown without the names of the people who wrote them.',
  },
  {
    name: 'users:read.email',
    why: 'To match people at Slack with the people of your team.',
    optional: true,
    limits: 'People can’t be matched by address.',
  },
  {
    name: 'chat:write',
    why: 'To post the alerts that you set up. It is the only permission that Plugboard posts with.',
    optional: true,
    limits: 'Alerts can’t be posted to Slack.',
    risk: 'post messages as Plugboard in channels it is in',
    writes: true,
  },
  {
    name: 'team:read',
    why: 'To show which workspace is connected.',
    optional: true,
    limits: 'The workspace’s icon is not shown.',
  },
  {
    name: 'search:read',
    why: 'To search messages, as the person who connects: Slack lets no app search by itself.',
    optional: true,
    limits: 'Messages can’t be searched.',
    option: 'message_search',
    second: true,
    risk: 'search everything that this person can read, direct messages too',
  },
]

/** Only tokens of an app that rotates them come with a refresh token (docs.slack.dev/authentication/using-token-rotation). */
export const oauth: OAuth2 = {
  type: 'oauth2',
  client: 'slack',
  clientAuth: 'basic',
  pkce: false, // switching it on would make the app a public client for good (docs.slack.dev/authentication/using-pkce)
  refresh: 'rotates',
  scopes,
  dialect: {
    scopeSeparator: ',',
    secondScopes: 'user_scope',
    accountParameter: 'team', // docs.slack.dev/authentication/installing-with-oauth
    tokenAnswer,
    invalidGrant: ['invalid_code', 'invalid_refresh_token', 'token_revoked', 'account_inactive', 'invalid_auth'],
  },
}
