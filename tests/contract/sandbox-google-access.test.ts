import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, googleClient, METADATA, READ } from '#tests/support/sandbox-google.ts'

const google = await newSandbox(googleClient)
let token: string

beforeEach(async () => {
  token = (await google.tokens()).access_token
})

const Q4 = 'Q4 plan: fewer failed orders'
const DOCUMENTS = 'https://www.googleapis.com/auth/documents.readonly'
const tokenFor = async (scope: string): Promise<string> =>
  (await google.tokens({ scope, prompt: 'consent' })).access_token
const outcome = async (response: Response) => {
  const { error } = await response.json()
  return `${response.status} ${error.errors?.[0].reason ?? '-'} ${error.status ?? '-'}`
}

test('a dead token is a 401 in the form of each API', async () => {
  const answers = await google.drive('/files', 'ya29.garbage')
  expect(answers.headers.get('www-authenticate')).toContain('error="invalid_token"')
  expect([answers.status, await answers.json()]).toEqual([
    401,
    {
      error: {
        code: 401,
        message: expect.stringContaining('Request had invalid authentication credentials.'),
        errors: [
          {
            message: 'Invalid Credentials',
            domain: 'global',
            reason: 'authError',
            location: 'Authorization',
            locationType: 'header',
          },
        ],
        status: 'UNAUTHENTICATED',
      },
    },
  ])
  const docs = await google.document('x', 'ya29.garbage')
  expect(Object.keys((await docs.json()).error)).toEqual(['code', 'message', 'status'])
  expect(docs.status).toBe(401)
})

test('a call without a token is nobody’s; a token in the address is none', async () => {
  expect(await outcome(await google.drive('/files'))).toBe('403 forbidden PERMISSION_DENIED')
  expect(await outcome(await google.drive('/files', undefined, { access_token: token }))).toBe(
    '403 forbidden PERMISSION_DENIED',
  )
})

test('each method wants one of its scopes', async () => {
  const id = await google.idOf(token, Q4)
  const missing = '403 insufficientPermissions PERMISSION_DENIED'
  const results = async (scope: string) => {
    const by = await tokenFor(scope)
    const ways = [
      google.drive('/files', by),
      google.drive('/about', by, { fields: 'user' }),
      google.drive(`/files/${id}/export`, by, { mimeType: 'text/plain' }),
      google.drive('/changes/startPageToken', by),
      google.document(id, by),
    ]
    return (await Promise.all(ways)).map(({ status }) => status)
  }
  expect(await results(READ)).toEqual([200, 200, 200, 200, 200])
  expect(await results(METADATA)).toEqual([200, 200, 403, 200, 403])
  expect(await results(DOCUMENTS)).toEqual([403, 403, 403, 403, 200])
  expect(await results('openid email')).toEqual([403, 403, 403, 403, 403])
  const by = await tokenFor('openid')
  const refused = await google.drive('/files', by)
  expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
  expect(await outcome(refused)).toBe(missing)
  const { error } = await (await google.document(id, by)).json()
  expect(error).toMatchObject({
    code: 403,
    status: 'PERMISSION_DENIED',
    details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
  })
  expect(error).not.toHaveProperty('errors')
})

test('an API that is switched off, and a domain that forbids apps, are no matter of permission', async () => {
  await google.set({ disabledApis: ['docs'] })
  expect((await google.drive('/files', token)).status).toBe(200)
  expect((await (await google.document('x', token)).json()).error.details[0].reason).toBe('SERVICE_DISABLED')
  await google.set({ disabledApis: ['drive'] })
  expect(await outcome(await google.drive('/files', token))).toBe('403 accessNotConfigured PERMISSION_DENIED')
  await google.set({ disabledApis: [], domainPolicy: true })
  expect(await outcome(await google.drive('/files', token))).toBe('403 domainPolicy PERMISSION_DENIED')
})

test('limits are of a person and a minute, told as 403 or 429, without a wait unless one is set', async () => {
  const rate = (remaining: number, api = 'drive') => google.set({ rateRemaining: { api, account: DANA, remaining } })
  await rate(1)
  expect((await google.drive('/files', token)).status).toBe(200)
  const limited = await google.drive('/files', token)
  expect(limited.headers.get('retry-after')).toBeNull()
  expect(await outcome(limited)).toBe('403 userRateLimitExceeded PERMISSION_DENIED')
  const answers = { rate: '403 rateLimitExceeded', daily: '403 dailyLimitExceeded', '429': '429 rateLimitExceeded' }
  for (const [limitAnswer, expected] of Object.entries(answers)) {
    await google.set({ limitAnswer, retryAfterSeconds: 7 })
    const response = await google.drive('/files', token)
    expect(response.headers.get('retry-after')).toBe('7')
    expect(await outcome(response)).toContain(expected)
  }
  const sam = (await google.tokens({}, 'sam@acme.example')).access_token
  expect((await google.drive('/files', sam)).status).toBe(200)
  await google.control.clock(61)
  expect((await google.drive('/files', token)).status).toBe(200)
})

test('the Docs API has limits of its own, of a person and of the project', async () => {
  const id = await google.idOf(token, Q4)
  await google.set({ rateRemaining: { api: 'docs', account: DANA, remaining: 0 } })
  const { error } = await (await google.document(id, token)).json()
  expect(error).toMatchObject({ code: 429, status: 'RESOURCE_EXHAUSTED', details: [{ reason: 'RATE_LIMIT_EXCEEDED' }] })
  expect((await google.drive('/files', token)).status).toBe(200)
  await google.control.clock(61)
  await google.set({ limits: { docsProject: 1 } })
  expect((await google.document(id, token)).status).toBe(200)
  const sam = (await google.tokens({}, 'sam@acme.example')).access_token
  expect((await google.document(id, sam)).status).toBe(429)
})

test('a planned fault stands for a failing token endpoint', async () => {
  const { refresh_token } = await google.tokens({ prompt: 'consent' })
  await google.control.faults([{ provider: 'google-docs', path: '/token', status: 503, times: 1 }])
  expect((await google.refresh(refresh_token)).status).toBe(503)
  expect((await google.refresh(refresh_token)).status).toBe(200)
})

test('an address that nothing answers is a 404', async () => {
  expect((await google.drive('/nothing', token)).status).toBe(404)
  expect((await google.get('/google-docs/v1/documents', token)).status).toBe(404)
  expect((await fetch(`${google.url}/google-api/drive/v3/files`, { method: 'POST' })).status).toBe(404)
})

test('control refuses what it does not know', async () => {
  await expect(google.set({ nonsense: true })).rejects.toThrow('400')
  await expect(
    google.set({ rateRemaining: { api: 'drive', account: 'no@body.example', remaining: 1 } }),
  ).rejects.toThrow('no account no@body.example')
  await expect(google.control.webhook('google-docs', {})).rejects.toThrow('push notifications are not simulated')
})
