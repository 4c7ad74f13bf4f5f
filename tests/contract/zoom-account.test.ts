import { describe, expect, test } from 'vitest'
import { authorizeUrl } from '#lib/oauth/authorize-url.ts'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import { readTokenAnswer } from '#lib/oauth/token-answer.ts'
import { createApi } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { oauth } from '#lib/providers/zoom/oauth.ts'
import { zoom } from '#lib/providers/zoom/provider.ts'
import type { Exchanges } from '#tests/support/exchanges.ts'
import { failed } from '#tests/support/github-api.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, challengeOf, DANA, REDIRECT_URI, VERIFIER, zoomClient } from '#tests/support/sandbox-zoom.ts'
import { refused, zoomApi, zoomFixture, zoomReader } from '#tests/support/zoom-api.ts'

const client = await newSandbox(zoomClient)
const [meetings, recordings] = [zoomReader('meeting'), zoomReader('recording')]

const PRIYA = 'priya@acme.example'
const LEE = 'lee@park.example'
const endpoint = () => `${client.web}/oauth/token`
const open = (grant: Grant, config: Config = {}): Api =>
  createApi({ provider: zoom, grant, base: client.api, elsewhere: client.web, config })
const pkce = { code_challenge: challengeOf(VERIFIER), code_challenge_method: 'S256' }
const trade = (code: string) =>
  exchangeCode({
    method: oauth,
    endpoint: endpoint(),
    client: CLIENT,
    redirectUri: REDIRECT_URI,
    code,
    verifier: VERIFIER,
  })
const refresh = (grant: Grant) => refreshGrant({ method: oauth, endpoint: endpoint(), client: CLIENT, grant })
async function consented(account = DANA): Promise<{ api: Api; grant: Grant }> {
  const grant = await trade(await client.codeFor(account, pkce))
  return { grant, api: open(grant) }
}
const leave = ({ api, grant }: { api: Api; grant: Grant }, last: boolean) => {
  const { revoke } = zoom.leave
  if (typeof revoke !== 'function') throw new Error('Zoom has a way of its own')
  return revoke({ api, grant, client: CLIENT, last })
}
const planOf = (api: Api) => zoom.plan?.read(api)
const refusalOf = (asked: Promise<unknown>) => asked.catch((error: unknown) => error)

describe('a consent', () => {
  test('names no scopes, since they are the app’s, and says S256', () => {
    const { authorize = '' } = zoom.endpoints(zoom.origins, {})
    const values = { clientId: CLIENT.id, redirectUri: REDIRECT_URI, state: 's', challenge: 'ch', scopes: oauth.scopes }
    const url = new URL(authorizeUrl({ endpoint: authorize, method: oauth, ...values }))
    expect(`${url.origin}${url.pathname}`).toBe('https://zoom.us/oauth/authorize')
    expect(url.searchParams.has('scope')).toBe(false)
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  })

  test('gives an hour and what renews it, all that is asked for, and is called by the person’s address', async () => {
    const { api, grant } = await consented()
    const { scopes = [] } = grant
    expect(grant).toMatchObject({ refreshToken: expect.any(String), expiresAt: expect.any(Date) })
    expect(oauth.scopes.map(({ name }) => name).filter((name) => !scopes.includes(name))).toEqual([])
    const dana = await zoom.identify(api, grant)
    expect(dana).toEqual({ id: expect.stringMatching(/^[\w-]+\/[\w-]+$/), label: DANA })
    const priya = await consented(PRIYA)
    const other = await zoom.identify(priya.api, priya.grant)
    expect([other.label, other.id.split('/')[0]]).toEqual([PRIYA, dana.id.split('/')[0]])
    expect(other.id).not.toBe(dana.id)
  })

  test('given once is not given again, and that is final', async () => {
    const code = await client.codeFor(DANA, pkce)
    await trade(code)
    expect(await refusalOf(trade(code))).toMatchObject({ name: 'TokenRefused', isFinal: true })
  })

  test('is renewed as a pair: what renewed once renews nothing more, and that is final', async () => {
    const { grant } = await consented()
    const fresh = await refresh(grant)
    expect(fresh.token).not.toBe(grant.token)
    expect(fresh.refreshToken).not.toBe(grant.refreshToken)
    expect((await zoom.identify(open(fresh), fresh)).label).toBe(DANA)
    expect(await refusalOf(refresh(grant))).toMatchObject({ code: 'invalid_grant', isFinal: true })
  })

  test('of a client that Zoom does not know is our mistake, and costs nobody’s grant', async () => {
    const { grant } = await consented()
    const other = { id: CLIENT.id, secret: 'wrong' }
    const asked = refreshGrant({ method: oauth, endpoint: endpoint(), client: other, grant })
    expect(await refusalOf(asked)).toMatchObject({ code: 'invalid_client', isFinal: false })
    expect((await refresh(grant)).token).toBeTruthy()
  })

  test('a newer one of the same person ends the older: its token opens nothing and renews nothing', async () => {
    const older = await consented()
    const newer = await consented()
    expect((await failed(zoom.identify(older.api, older.grant))).failure).toBe('expired')
    expect(await refusalOf(refresh(older.grant))).toMatchObject({ isFinal: true })
    expect((await zoom.identify(newer.api, newer.grant)).label).toBe(DANA)
  })

  test('of the answers that Zoom documents, each is a grant or a refusal', () => {
    const answers = zoomFixture<Record<string, unknown>>('token')
    const read = (name: string, status = 200) => {
      const body = JSON.stringify(answers[name])
      return readTokenAnswer({ status, headers: new Headers(), body, url: 'https://zoom.us' }, oauth.dialect)
    }
    expect(read('given')).toMatchObject({
      token: 'eyJ.not.real',
      scopes: ['meeting:read:list_meetings', 'user:read:user'],
      expiresAt: expect.any(Date),
    })
    for (const status of [400, 401])
      expect(() => read('refused', status)).toThrow(expect.objectContaining({ code: 'invalid_grant', isFinal: true }))
    expect(() => read('misconfigured', 400)).toThrow(expect.objectContaining({ isFinal: false }))
  })
})

describe('a plan', () => {
  const included = (plan: Awaited<ReturnType<typeof planOf>>) =>
    plan?.capabilities.filter(({ isIncluded }) => isIncluded).map(({ name }) => name)
  const [facts, people, videos, texts] = [
    'Meetings: topic, date, time and length',
    'List of participants',
    'Cloud recordings',
    'Transcripts',
  ]
  const warned =
    'Free Zoom plans do not support cloud recordings. Meeting metadata will still be tracked, but transcripts require a Pro or higher plan.'

  test('with a licence has everything, and nothing to warn of', async () => {
    const plan = await planOf((await consented()).api)
    expect(plan).toMatchObject({ label: 'Licensed', warnings: [], config: { plan: 'licensed' } })
    expect(included(plan)).toEqual([facts, people, videos, texts])
  })

  test('that is free has meetings alone, and says so in the words there are for it', async () => {
    const plan = await planOf((await consented(LEE)).api)
    expect(plan).toMatchObject({ label: 'Basic (free)', config: { plan: 'free' } })
    expect(plan?.warnings).toEqual([{ short: 'Free plan: no recordings', says: warned }])
    expect(included(plan)).toEqual([facts])
  })

  test('of a Basic user in a paid account names who came, and has no recordings either', async () => {
    const plan = await planOf((await consented(PRIYA)).api)
    expect(plan).toMatchObject({ label: 'Basic', config: { plan: 'basic' }, warnings: [{ says: warned }] })
    expect(included(plan)).toEqual([facts, people])
  })

  test('is read anew after an upgrade', async () => {
    const { api } = await consented(PRIYA)
    await client.set({ person: { email: PRIYA, type: 2, cloudRecording: true } })
    expect(await planOf(api)).toMatchObject({ label: 'Licensed', warnings: [] })
  })

  test('with cloud recording switched off says that', async () => {
    const { api } = await consented()
    await client.set({ person: { email: DANA, cloudRecording: false } })
    const plan = await planOf(api)
    expect(plan?.warnings).toEqual([
      { short: 'Cloud recording is off', says: 'Cloud recording is off in Zoom settings.' },
    ])
    expect(included(plan)).toContain(videos)
  })

  test('is not guessed: a licence that nobody explained, and an outage, are told as unread', async () => {
    const { licensed, free } = zoomFixture<Record<string, Record<string, { body: object }>>>('account')
    const me = licensed?.['GET /users/me']?.body
    for (const type of [3, 4, 99]) {
      const { api } = await zoomApi({ 'GET /users/me': { body: { ...me, type } } })
      expect((await failed(Promise.resolve(planOf(api)))).failure).toBe('unavailable')
    }
    const down = await zoomApi({ ...free, 'GET /users/me/meetings': { status: 500 } })
    expect((await failed(Promise.resolve(planOf(down.api)))).failure).toBe('unavailable')
  })

  test('is told without the permission to look into the settings, too', async () => {
    const { licensed } = zoomFixture<Record<string, Record<string, { body: object }>>>('account')
    const { api } = await zoomApi({ ...licensed, 'GET /users/me/settings': refused(400, 4711) })
    expect(await planOf(api)).toMatchObject({ label: 'Licensed', warnings: [] })
  })

  const { free } = zoomFixture<Record<string, Record<string, { body: object }>>>('account')
  const [last] = Object.keys(free ?? {}).filter((path) => path.endsWith('/participants'))
  test.each<[string, Exchanges]>([
    ['without a meeting in half a year', { 'GET /users/me/meetings': { body: { meetings: [] } } }],
    ['without the permission to ask who came', { [last ?? '']: refused(400, 4711) }],
    ['whose last meeting is not told', { [last ?? '']: refused(404, 3001) }],
    ['who may not ask of the last meeting', { [last ?? '']: refused(400, 300) }],
  ])('of a Basic user %s is not called free, and who came stays open', async (_, exchanges) => {
    const { api } = await zoomApi({ ...free, ...exchanges })
    const plan = await planOf(api)
    expect(plan).toMatchObject({
      label: 'Basic',
      config: { plan: 'basic' },
      warnings: [{ short: 'Basic licence: no recordings' }],
    })
    expect(plan?.capabilities.map(({ name }) => name)).toEqual([facts, videos, texts])
  })
})

describe('what is read', () => {
  test('meetings with who came and where the recording is, and never an address of a person', async () => {
    const { grant } = await consented()
    const api = open(grant, { plan: 'licensed' })
    const { items } = await meetings.list(api, {})
    const review = items.find(({ title }) => title === 'Incident review: retry storm')
    const one = await meetings.read(api, review?.id ?? '')
    expect(one.body).toMatchObject({ host: 'Dana Kowalski', recording: 'ready', names: expect.any(Array) })
    expect(one.body?.names).toContain('Sam Okafor')
    expect(JSON.stringify([items, one])).not.toMatch(/@acme\.example|pwd=/)
  })

  test('a recording whose name begins with a slash, with its transcript', async () => {
    const { grant } = await consented()
    const api = open(grant, { plan: 'licensed' })
    const { items } = await recordings.list(api, {})
    expect(items.length).toBeGreaterThan(1)
    for (const { id } of items) expect((await recordings.read(api, id)).body?.files).not.toEqual([])
    const transcripts = items.map(({ body }) => body?.transcript)
    expect(transcripts).toContain('ready')
  })

  test('on a free plan meetings are read all the same', async () => {
    const { grant } = await consented(LEE)
    const api = open(grant, { plan: 'free' })
    const [first] = (await meetings.search(api, 'intro', {})).items
    expect((await meetings.read(api, first?.id ?? '')).body).toMatchObject({ recording: 'not_on_plan', names: [] })
  })

  test('a meeting of a colleague is not there', async () => {
    const { api } = await consented(PRIYA)
    const [dana] = (await meetings.list((await consented()).api, {})).items
    expect((await failed(meetings.read(api, dana?.id ?? ''))).failure).toBe('not_found')
  })

  test('a permission that the app lost is told by its name', async () => {
    await client.set({ appScopes: ['user:read:user', 'meeting:read:list_meetings'] })
    const { grant } = await consented()
    expect(grant.scopes).toEqual(['user:read:user', 'meeting:read:list_meetings'])
    expect(await failed(recordings.list(open(grant), {}))).toMatchObject({
      failure: 'scope',
      detail: expect.stringContaining('cloud_recording:read:list_user_recordings'),
    })
  })
})

describe('leaving', () => {
  test('ends the token and what renews it; a second time changes nothing', async () => {
    const one = await consented()
    for (const _ of ['once', 'again']) expect(await leave(one, true)).toBe('ended')
    expect((await failed(zoom.identify(one.api, one.grant))).failure).toBe('expired')
    expect(await refusalOf(refresh(one.grant))).toMatchObject({ isFinal: true })
  })

  test('ends nothing while another connection stands on the same account', async () => {
    const one = await consented()
    expect(await leave(one, false)).toBe('kept')
    expect((await zoom.identify(one.api, one.grant)).label).toBe(DANA)
  })

  test('proves itself as the app', async () => {
    const { api, received } = await zoomApi({ 'POST /oauth/revoke': { body: { status: 'success' } } })
    await leave({ api, grant: { token: 'eyJ.x' } }, true)
    expect(received[0]?.headers.authorization).toMatch(/^Basic /)
    expect(received[0]?.body).toBe('token=eyJ.x')
  })

  test('a secret of the app is sent as it has to be written', async () => {
    const { api, received } = await zoomApi({ 'POST /oauth/revoke': { body: { status: 'success' } } })
    const { revoke } = zoom.leave
    if (typeof revoke !== 'function') throw new Error('Zoom has a way of its own')
    await revoke({ api, grant: { token: 'eyJ.x' }, client: { id: 'a b', secret: 'ü:%' }, last: true })
    expect(atob((received[0]?.headers.authorization ?? '').replace('Basic ', ''))).toBe('a+b:%C3%BC%3A%25')
  })

  const said: [number, unknown, string][] = [
    [400, { reason: 'Invalid Token!', error: 'invalid_grant' }, 'ended'],
    [401, { error: 'invalid_token' }, 'ended'],
    [404, { reason: 'The token does not exist.' }, 'ended'],
    [401, { code: 124, message: 'Invalid access token.' }, 'ended'],
    [404, '', 'ended'],
    [401, {}, 'ended'],
    [401, { code: 4700, message: 'Invalid client secret.' }, 'unavailable'],
    [400, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }, 'unavailable'],
    [400, { reason: 'Token endpoint is busy', error: 'invalid_client' }, 'unavailable'],
    [400, { error: 'invalid_request' }, 'unavailable'],
    [404, '<html>Not here</html>', 'unavailable'],
  ]
  test.each(said)('an answer %d %j is %s', async (status, body, ending) => {
    const { api } = await zoomApi({ 'POST /oauth/revoke': { status, body } })
    const left = leave({ api, grant: { token: 'eyJ.x' } }, true)
    expect(ending === 'ended' ? await left : (await failed(left)).failure).toBe(ending)
  })
})
