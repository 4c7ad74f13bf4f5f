import { expect, test } from 'vitest'
import { withClockShifted } from '#lib/platform/clock.ts'
import { linkTo, mailsTo } from '#tests/support/mailbox.ts'
import { api, cookiesOf, member, PASSWORD, person, sessionOf, signIn } from '#tests/support/people.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour

/** What /me answers with this cookie, after a while. */
const after = (ms: number, cookie: string) =>
  withClockShifted(ms, async () => (await api(cookie).get('/api/v1/me')).status)

test('a session lives 30 days when it is used, and not a day longer', async () => {
  const { cookie } = await person('Dana')
  for (const days of [10, 20, 29]) expect(await after(days * day, cookie)).toBe(200)
  expect(await after(30 * day, cookie)).toBe(401)
})

test('a session ends after 14 days in which nobody used it', async () => {
  const { cookie } = await person('Dana')
  expect(await after(13 * day, cookie)).toBe(200)
  expect(await after((13 + 14) * day + hour, cookie)).toBe(401)
})

test('signing out everywhere ends every session of this person and of nobody else', async () => {
  const dana = await person('Dana')
  const [other, sam] = [await sessionOf(dana.id), await member(dana, 'admin', 'Sam')]
  expect((await dana.delete('/api/v1/me/sessions')).status).toBe(204)
  for (const cookie of [dana.cookie, other]) expect(await after(0, cookie)).toBe(401)
  expect(await after(0, sam.cookie)).toBe(200)
})

test('a new password ends every session, copies of this one too, and gives this browser a new one', async () => {
  const dana = await person('Dana')
  const other = await sessionOf(dana.id)
  const changed = await dana.patch('/api/v1/me', { password: { current: PASSWORD, next: 'a newer password' } })
  expect(changed.status).toBe(200)
  for (const cookie of [dana.cookie, other]) expect(await after(0, cookie)).toBe(401)
  expect(await after(0, cookiesOf(changed))).toBe(200)
  expect((await signIn(dana.email, PASSWORD)).status).toBe(401)
  expect((await signIn(dana.email, 'a newer password')).status).toBe(200)
})

test('the current password has to be right, and the tries are counted', async () => {
  const dana = await person('Dana')
  const tryOnce = () => dana.patch('/api/v1/me', { password: { current: 'guessed', next: 'a newer password' } })
  const first = await tryOnce()
  expect(first.body).toMatchObject({ status: 422, errors: [{ pointer: '/password/current' }] })
  const more = await Promise.all(Array.from({ length: 10 }, tryOnce))
  expect(more.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1)
  expect(await after(0, dana.cookie)).toBe(200)
})

test('a reset is answered alike for every address, and mails only one that has an account', async () => {
  const dana = await person('Dana')
  const answers = [
    await api().post('/api/v1/password-resets', { email: dana.email }),
    await api().post('/api/v1/password-resets', { email: 'nobody@nowhere.test' }),
  ]
  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [202, {}],
    [202, {}],
  ])
  await linkTo(dana.email, 'reset')
  expect(await mailsTo('nobody@nowhere.test')).toEqual([])
})

test('the link of a reset works once and signs out everywhere', async () => {
  const dana = await person('Dana')
  await api().post('/api/v1/password-resets', { email: dana.email.toUpperCase() })
  const token = await linkTo(dana.email, 'reset')
  const set = (password: string) => api().post(`/api/v1/password-resets/${token}`, { password })
  expect((await set('short')).status).toBe(422) // and the link still works
  const both = await Promise.all([set('after the reset'), set('after the reset')])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
  expect((await set('once more, please')).status).toBe(410)
  expect(await after(0, dana.cookie)).toBe(401)
  expect((await signIn(dana.email, 'after the reset')).status).toBe(200)
})

test('the link of a reset works for an hour, and ends when another one is asked for', async () => {
  const dana = await person('Dana')
  const ask = async (n: number) => {
    await api().post('/api/v1/password-resets', { email: dana.email })
    return linkTo(dana.email, 'reset', n)
  }
  const use = async (token: string) =>
    (await api().post(`/api/v1/password-resets/${token}`, { password: PASSWORD })).status
  const [first, second] = [await ask(0), await ask(1)]
  expect(await use(first)).toBe(410)
  expect(await withClockShifted(hour + 1000, () => use(second))).toBe(410)
  expect(await use(second)).toBe(200)
})

test('the link that confirms an address sets no password', async () => {
  const nia = await person('Nia', { confirmed: false })
  const token = await linkTo(nia.email, 'confirm')
  expect((await api().post(`/api/v1/password-resets/${token}`, { password: PASSWORD })).status).toBe(410)
})
