import { describe, expect, test } from 'vitest'
import { now } from '#lib/platform/clock.ts'
import { judge } from '#lib/providers/api.ts'
import { slack } from '#lib/providers/slack/provider.ts'
import { failed } from '#tests/support/github-api.ts'
import { slackApi, slackFixture, slackReader } from '#tests/support/slack-api.ts'

const answer = (body: unknown, status = 200, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const judged = (error: string, more: object = {}) => judge(slack, answer({ ok: false, error, ...more }))

describe('check 30: what Slack means by ok: false in a 200', () => {
  test.each([
    ['token_expired', 'expired'],
    ['token_revoked', 'revoked'],
    ['account_inactive', 'revoked'],
    ['invalid_auth', 'revoked'],
    ['no_permission', 'forbidden'],
    ['channel_not_found', 'not_found'],
    ['thread_not_found', 'not_found'],
    ['message_not_found', 'not_found'],
    ['method_not_supported_for_channel_type', 'not_found'],
    ['ratelimited', 'rate_limited'],
    // ours to mend, or Slack's
    ['not_authed', 'unavailable'],
    ['not_allowed_token_type', 'unavailable'],
    ['invalid_cursor', 'unavailable'],
    ['No query passed', 'unavailable'],
    // passing
    ['team_access_not_granted', 'unavailable'],
    ['org_login_required', 'unavailable'],
    ['team_added_to_org', 'unavailable'],
    ['internal_error', 'unavailable'],
    ['fatal_error', 'unavailable'],
    ['service_unavailable', 'unavailable'],
    ['request_timeout', 'unavailable'],
    ['__proto__', 'unavailable'],
  ])('%s is %s', (error, failure) => {
    expect(judged(error)).toMatchObject({ failure, status: 200 })
  })

  test('a channel that Plugboard is not in, or that is archived, has words for what to do', () => {
    for (const [error, detail] of [
      ['not_in_channel', 'invite'],
      ['is_archived', 'archived'],
    ] as const) {
      expect(judged(error)).toMatchObject({ failure: 'setup', detail })
      expect(slack.remedies?.[detail]).toMatch(/^[A-Z].+\.$/)
    }
  })

  test('a missing permission is named, where Slack names it as it names permissions', () => {
    const lacking = (needed: unknown) => judged('missing_scope', { needed, provided: 'channels:read' })
    expect(lacking('groups:read')).toMatchObject({ failure: 'scope', detail: 'groups:read' })
    expect(lacking('channels:read,groups:read,users:read.email')).toMatchObject({
      detail: 'channels:read,groups:read,users:read.email',
    })
    for (const odd of ['<b>all</b>', 'Please log in', '', 7, undefined])
      expect(lacking(odd)).toMatchObject({ failure: 'scope', detail: null })
  })

  test('nothing else that Slack wrote is in a failure', () => {
    const { message, detail } = judged('some_secret_words')
    expect(`${message} ${detail}`).not.toContain('secret')
  })

  test.each([
    ['a good answer', { ok: true, error: 'token_revoked' }],
    ['no JSON', '<html>'],
    ['an empty body', ''],
    ['a list', []],
  ])('%s is none of these', (_, body) => {
    expect(slack.failure?.(answer(body))).toBeNull()
  })

  test('another status than 200 tells the truth by itself', () => {
    expect(judge(slack, answer('', 503)).failure).toBe('unavailable')
    expect(judge(slack, answer({ ok: false, error: 'token_revoked' }, 500)).failure).toBe('unavailable')
  })
})

describe('limits', () => {
  test('429 waits as long as Retry-After says', () => {
    const { failure, retryAt } = judge(slack, answer({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': '30' }))
    expect(failure).toBe('rate_limited')
    expect(Math.round(((retryAt?.getTime() ?? 0) - now().getTime()) / 1000)).toBe(30)
  })

  test('each method has a budget of its own, whatever it is asked', () => {
    expect(slack.budget?.('/conversations.history')).toBe('conversations.history')
    expect(slack.budget?.('/conversations.history?channel=C1')).toBe('conversations.history')
    expect(slack.budget?.('/conversations.list')).not.toBe(slack.budget?.('/search.messages'))
  })

  test('no header of Slack’s tells a budget', () => {
    expect(slack.limit).toBeUndefined()
  })

  test('a limit is a wait in every reader, and a 200 that says so too', async () => {
    for (const reply of [
      { status: 429, headers: { 'retry-after': '30' }, body: '' },
      { body: { ok: false, error: 'ratelimited' } },
    ]) {
      const { api } = await slackApi({ 'GET /conversations.list': reply, 'GET /search.messages': reply })
      expect((await failed(slackReader('channel').list(api, {}))).failure).toBe('rate_limited')
      expect((await failed(slackReader('message').search(api, 'x', {}))).failure).toBe('rate_limited')
    }
  })

  test('an answer that is cut in the middle or none of Slack’s is no answer', async () => {
    for (const body of ['{"ok":true,"chan', '<html>Down for repairs</html>', { ok: true }]) {
      const { api } = await slackApi({ ...slackFixture('channel'), 'GET /conversations.list': { body } })
      expect((await failed(slackReader('channel').list(api, {}))).failure).toBe('unavailable')
    }
  })
})
