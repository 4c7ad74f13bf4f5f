import pg from 'pg'
import { expect, test } from 'vitest'
import { withClockShifted } from '#lib/platform/clock.ts'
import {
  InvitationList,
  InvitationSent,
  MemberList,
  OrganizationAnswer,
  OwnInvitationList,
} from '#lib/tenancy/schema.ts'
import { linkTo } from '#tests/support/mailbox.ts'
import { api, member, PASSWORD, person, sessionOf, type TestPerson } from '#tests/support/people.ts'

const week = 7 * 24 * 60 * 60 * 1000

const namesIn = async (by: TestPerson) =>
  (await by.get(by.at('members'), MemberList)).body.items.map(({ name }) => name)
const invited = async (by: TestPerson, email: string, role = 'member') =>
  (await by.post(by.at('invitations'), { email, role }, InvitationSent)).body

/** What the queue holds for a member who is gone. */
async function jobsFor(userId: string) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  const { rows } = await client.query(
    `SELECT data FROM pgboss.job WHERE name = 'connections.forget-member' AND data->>'userId' = $1`,
    [userId],
  )
  await client.end()
  return rows.map(({ data }) => data)
}

test('T-MEM-1: who is invited accepts by the mailed link and appears among the members', async () => {
  const dana = await person('Dana')
  const { email, mailed } = await invited(dana, 'Priya@Invited.test', 'reviewer')
  expect([email, mailed]).toEqual(['priya@invited.test', true])
  expect((await dana.get(dana.at('invitations'), InvitationList)).body.items).toHaveLength(1)
  const priya = await person('Priya', { email, invitation: await linkTo(email, 'invite') })
  expect(await namesIn(dana)).toEqual(['Dana', 'Priya'])
  expect((await priya.get(dana.at())).body).toMatchObject({ role: 'reviewer' })
  expect((await priya.get('/api/v1/me')).body).toMatchObject({ emailConfirmed: true }) // the link reached them
  expect((await dana.get(dana.at('invitations'), InvitationList)).body.items).toEqual([])
})

test('somebody who has an account accepts while signed in, twice without harm', async () => {
  const [dana, olga] = [await person('Dana'), await person('Olga')]
  await invited(dana, olga.email)
  const token = await linkTo(olga.email, 'invite')
  const accept = () => olga.post(`/api/v1/invitations/${token}/accept`, {}, OrganizationAnswer)
  const both = await Promise.all([accept(), accept()])
  expect(both.map(({ body }) => body.slug)).toEqual([dana.org.slug, dana.org.slug])
  expect(await namesIn(dana)).toEqual(['Dana', 'Olga'])
})

test('an invitation waits in the list of the person it is for, and is accepted there', async () => {
  const [dana, olga] = [await person('Dana'), await person('Olga')]
  const { id } = await invited(dana, olga.email)
  const list = await olga.get('/api/v1/me/invitations', OwnInvitationList)
  expect(list.body.items).toMatchObject([{ id, role: 'member' }])
  expect((await dana.post(`/api/v1/me/invitations/${id}/accept`)).status).toBe(404)
  expect((await olga.post(`/api/v1/me/invitations/${id}/accept`)).status).toBe(200)
  expect(await namesIn(dana)).toEqual(['Dana', 'Olga'])
})

test('nobody takes an invitation that was sent to another address', async () => {
  const [dana, eve] = [await person('Dana'), await person('Eve')]
  await invited(dana, 'priya@elsewhere.test')
  const token = await linkTo('priya@elsewhere.test', 'invite')
  expect((await eve.post(`/api/v1/invitations/${token}/accept`)).status).toBe(403)
  const input = { name: 'Eve', email: 'eve@elsewhere.test', password: PASSWORD, invitation: token }
  expect((await api().post('/api/v1/sign-up', input)).status).toBe(403)
  expect((await api().post(`/api/v1/invitations/${token}/accept`)).status).toBe(401)
  expect((await eve.post(`/api/v1/invitations/${'x'.repeat(43)}/accept`)).status).toBe(404)
  expect(await namesIn(dana)).toEqual(['Dana'])
})

test('an invitation ends after a week, when it is withdrawn, and its old link when it is sent again', async () => {
  const [dana, olga] = [await person('Dana'), await person('Olga')]
  const { id } = await invited(dana, olga.email)
  const accept = async (token: string) => (await olga.post(`/api/v1/invitations/${token}/accept`)).status
  const first = await linkTo(olga.email, 'invite')
  expect(await withClockShifted(week + 1000, () => accept(first))).toBe(410)
  expect((await dana.post(dana.at(`invitations/${id}/resend`))).body).toMatchObject({ mailed: true })
  const second = await linkTo(olga.email, 'invite', 1)
  expect(await accept(first)).toBe(404)
  expect((await dana.delete(dana.at(`invitations/${id}`))).status).toBe(204)
  expect(await accept(second)).toBe(410)
  expect((await dana.delete(dana.at(`invitations/${id}`))).status).toBe(404)
})

test('an address is invited once, and a member not at all', async () => {
  const dana = await person('Dana')
  const priya = await member(dana)
  const ask = (email: string) => dana.post(dana.at('invitations'), { email, role: 'member' })
  const twice = await Promise.all([ask('new@once.test'), ask('new@once.test')])
  expect(twice.map(({ status }) => status).sort()).toEqual([201, 409])
  expect((await ask(priya.email)).body).toMatchObject({
    type: '/problems/already-exists',
    errors: [{ pointer: '/email' }],
  })
})

test('who has not confirmed their own address invites nobody', async () => {
  const nia = await person('Nia', { confirmed: false })
  const refused = await nia.post(nia.at('invitations'), { email: 'x@y.test', role: 'member' })
  expect(refused.body).toMatchObject({ status: 403, detail: expect.stringContaining('Confirm your own email address') })
})

test('T-MEM-2: the last owner can neither be demoted, removed nor leave', async () => {
  const dana = await person('Dana')
  const self = dana.at(`members/${dana.id}`)
  for (const answer of [await dana.patch(self, { role: 'admin' }), await dana.delete(self)])
    expect(answer.body).toMatchObject({ status: 409, type: '/problems/last-owner', detail: 'Add another owner first.' })
  const sam = await member(dana, 'owner', 'Sam')
  expect((await dana.patch(self, { role: 'admin' })).status).toBe(200)
  expect((await sam.delete(dana.at(`members/${sam.id}`))).status).toBe(409)
})

test('T-MEM-2: two owners who leave at the same moment leave one behind', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'owner', 'Sam')
  const both = await Promise.all([dana, sam].map((one) => one.delete(dana.at(`members/${one.id}`))))
  expect(both.map(({ status }) => status).sort()).toEqual([204, 409])
})

test('T-MEM-4: a role counts from the next request on, with who to ask instead', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const invite = (n: number) => sam.post(dana.at('invitations'), { email: `new${n}@roles.test`, role: 'member' })
  expect((await invite(1)).status).toBe(201)
  expect((await dana.patch(dana.at(`members/${sam.id}`), { role: 'member' })).body).toMatchObject({ role: 'member' })
  expect((await invite(2)).body).toMatchObject({
    status: 403,
    type: '/problems/forbidden',
    detail: 'Only owners and admins can do this. Ask one of them.',
  })
})

test('who is removed loses access with the next request, and their own connections are handed to a job', async () => {
  const dana = await person('Dana')
  const priya = await member(dana)
  expect((await dana.delete(dana.at(`members/${priya.id}`))).status).toBe(204)
  expect((await priya.get(dana.at())).status).toBe(401) // signed out
  expect((await api(await sessionOf(priya.id)).get(dana.at())).status).toBe(404)
  expect(await namesIn(dana)).toEqual(['Dana'])
  expect(await jobsFor(priya.id)).toEqual([{ organizationId: dana.org.id, userId: priya.id }])
})

test('who leaves stays signed in elsewhere, and may be invited again', async () => {
  const [dana, olga] = [await person('Dana'), await person('Olga')]
  await invited(dana, olga.email, 'admin')
  await olga.post(`/api/v1/invitations/${await linkTo(olga.email, 'invite')}/accept`)
  expect((await olga.delete(dana.at(`members/${olga.id}`))).status).toBe(204)
  expect((await olga.get(dana.at())).status).toBe(404)
  expect((await olga.get(olga.at())).status).toBe(200)
  expect((await olga.delete(dana.at(`members/${olga.id}`))).status).toBe(404)
  await invited(dana, olga.email, 'member')
  await olga.post(`/api/v1/invitations/${await linkTo(olga.email, 'invite', 1)}/accept`)
  expect((await olga.get(dana.at())).body).toMatchObject({ role: 'member' })
})
