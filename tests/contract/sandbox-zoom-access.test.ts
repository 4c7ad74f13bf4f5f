import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, zoomClient } from '#tests/support/sandbox-zoom.ts'

const zoom = await newSandbox(zoomClient)

/** A path of each endpoint, and the scope that it takes. */
const CALLS: readonly (readonly [path: string, scope: string])[] = [
  ['/users/me', 'user:read:user'],
  ['/users/me/settings', 'user:read:settings'],
  ['/users/me/meetings', 'meeting:read:list_meetings'],
  ['/users/me/recordings', 'cloud_recording:read:list_user_recordings'],
  ['/meetings/99999999999/recordings', 'cloud_recording:read:list_recording_files'],
  ['/meetings/99999999999/transcript', 'cloud_recording:read:meeting_transcript'],
  ['/past_meetings/99999999999', 'meeting:read:past_meeting'],
  ['/past_meetings/99999999999/participants', 'meeting:read:list_past_participants'],
]
const SCOPES = [...CALLS.map(([, scope]) => scope), 'user:read:email', 'cloud_recording:read:recording']

test('a call without a token, with one of another kind and with a wrong one is a 401', async () => {
  const token = await zoom.tokenFor()
  const bare = [401, 124, 'Requires an access token.']
  expect(await zoom.refusal('/users/me')).toEqual(bare)
  expect(await zoom.refusal(`/users/me?access_token=${token}`)).toEqual(bare)
  for (const authorization of [token, `Basic ${btoa(`${token}:`)}`, 'Bearer', `Token ${token}`]) {
    const response = await fetch(`${zoom.api}/users/me`, { headers: { authorization } })
    const { code, message } = await response.json()
    expect([response.status, code, message]).toEqual(bare)
  }
  expect(await zoom.refusal('/users/me', 'eyJwrong')).toEqual([401, 124, 'Invalid access token.'])
})

test('a refresh token opens nothing', async () => {
  const { refresh_token } = await zoom.connect()
  expect(await zoom.refusal('/users/me', refresh_token)).toEqual([401, 124, 'Invalid access token.'])
})

test.each(CALLS)('%s takes the scope %s, and no other will do', async (path, scope) => {
  await zoom.set({ grantScopes: SCOPES.filter((one) => one !== scope) })
  const message = `Invalid access token, does not contain scopes:[${scope}].`
  expect(await zoom.refusal(path, await zoom.tokenFor())).toEqual([400, 4711, message])
  await zoom.set({ grantScopes: [scope] })
  expect((await zoom.read(path, await zoom.tokenFor())).code).not.toBe(4711)
})

test('the scope of somebody’s e-mail does not open their profile, nor that of a recording its files', async () => {
  await zoom.set({ grantScopes: ['user:read:email', 'cloud_recording:read:recording'] })
  const token = await zoom.tokenFor()
  expect((await zoom.read('/users/me', token)).code).toBe(4711)
  expect((await zoom.read('/meetings/99999999999/recordings', token)).code).toBe(4711)
})

test('a token knows nobody but me, not even by their own id', async () => {
  const token = await zoom.tokenFor()
  const { id } = await zoom.read('/users/me', token)
  for (const user of [id, DANA, 'sam@acme.example'])
    for (const rest of ['', '/settings', '/meetings', '/recordings'])
      expect(await zoom.refusal(`/users/${user}${rest}`, token)).toEqual([404, 1001, `User does not exist: ${user}.`])
})

test('a path or method that there is not is a 404, with a token', async () => {
  const token = await zoom.tokenFor()
  for (const path of ['/users', '/users/me/webinars', '/meetings/1', '/'])
    expect((await zoom.refusal(path, token)).slice(0, 2)).toEqual([404, 2300])
  const headers = { authorization: `Bearer ${token}` }
  expect((await fetch(`${zoom.api}/users/me/meetings`, { method: 'POST', headers })).status).toBe(404)
  expect((await zoom.refusal('/users'))[0]).toBe(401)
})

test('who somebody is: their own licence, their account and their id, which stay when the e-mail changes', async () => {
  const [dana, priya, lee] = await Promise.all([DANA, 'priya@acme.example', 'lee@park.example'].map(zoom.tokenFor))
  const shown = async (token = '') => zoom.read('/users/me', token)
  const [one, two, three] = [await shown(dana), await shown(priya), await shown(lee)]
  expect([one.type, two.type, three.type]).toEqual([2, 1, 1])
  expect(one).toMatchObject({ email: DANA, display_name: 'Dana Kowalski', status: 'active', verified: 1 })
  expect([two.account_id === one.account_id, three.account_id === one.account_id]).toEqual([true, false])
  expect(one).not.toHaveProperty('plan_united_type')
  await zoom.set({ person: { email: DANA, renamedTo: 'dana.kowalski@acme.example', type: 1 } })
  expect(await shown(dana)).toMatchObject({ id: one.id, email: 'dana.kowalski@acme.example', type: 1 })
})

test('settings say whether somebody records to the cloud: licensed, in a paid account, with it turned on', async () => {
  const records = async (account: string) =>
    (await zoom.read('/users/me/settings', await zoom.tokenFor(account))).recording.cloud_recording
  expect([await records(DANA), await records('priya@acme.example'), await records('lee@park.example')]).toEqual([
    true,
    false,
    false,
  ])
  await zoom.set({ person: { email: DANA, cloudRecording: false } })
  expect(await records(DANA)).toBe(false)
  await zoom.set({ person: { email: DANA, cloudRecording: true }, account: { account: 'acme', plan: 'free' } })
  await zoom.control.clock(2) // a free account's second holds two such requests
  expect(await records(DANA)).toBe(false)
})

test('every answer has a tracking id, refusals too', async () => {
  const answers = [await zoom.get('/users/me', await zoom.tokenFor()), await zoom.get('/users/me')]
  for (const { headers } of answers) expect(headers.get('x-zm-trackingid')).toMatch(/rid=WEB_/)
})

test('control refuses what it does not understand', async () => {
  const nonsense = [
    zoom.set({ plan: 'pro' }),
    zoom.set({ appScopes: ['user:read'] }),
    zoom.set({ account: { account: 'initech' } }),
    zoom.set({ person: { email: 'new@acme.example' } }),
    zoom.set({ recording: { meeting: 'Sound check', trashed: true } }),
    zoom.set({ meeting: { host: 'nobody@acme.example', topic: 'x', startsAt: '2026-11-22T10:00:00Z' } }),
    zoom.control.revoke({ provider: 'zoom', account: 'nobody@acme.example' }),
    zoom.control.revoke({ provider: 'zoom' }),
    zoom.control.webhook('zoom', { event: 'user.created' }),
    zoom.control.webhook('zoom', { meeting: 'Nothing of the kind' }),
  ]
  for (const call of nonsense) await expect(call).rejects.toThrow(': 400 ')
})

test('somebody new can be added, and then connects', async () => {
  await zoom.set({ person: { email: 'marta@acme.example', account: 'acme', name: 'Marta Ruiz', type: 99 } })
  const shown = await zoom.read('/users/me', await zoom.tokenFor('marta@acme.example'))
  expect(shown).toMatchObject({ display_name: 'Marta Ruiz', type: 99 })
})
