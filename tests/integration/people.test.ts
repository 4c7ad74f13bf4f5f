// How the members' own accounts at a provider stand, and the reminder to connect one, sent by a real mail server.
import { startMailServer } from '#tests/support/mail-server.ts'

const mails = await startMailServer()
const { afterAll, expect, test } = await import('vitest')
const { jobs } = await import('#lib/people/jobs.ts')
const { PeopleView, RemindedView } = await import('#lib/people/schema.ts')
const { withClockShifted } = await import('#lib/platform/clock.ts')
const { withOrg } = await import('#lib/platform/db.ts')
const { connect, newOrganization } = await import('#tests/support/organization.ts')
const { joins, ownerOf } = await import('#tests/support/viewer.ts')
const { withSandbox } = await import('#tests/support/with-sandbox.ts')
type Viewer = Awaited<ReturnType<typeof ownerOf>>
type Organization = Awaited<ReturnType<typeof newOrganization>>

const sandbox = withSandbox()
afterAll(() => mails.close())
const dayMs = 24 * 60 * 60 * 1000

const peopleOf = async (who: Viewer) => (await who.get(who.at('integrations/github/people'), PeopleView)).body
const remind = async (who: Viewer) =>
  (await who.post(who.at('integrations/github/people/reminders'), {}, RemindedView)).body
const rowOf = async (who: Viewer, name: string) => (await peopleOf(who)).people.find((person) => person.name === name)

/** Does the mails of an organization that wait to be sent. */
async function sendWaiting(org: Organization): Promise<number> {
  const waiting = await withOrg(
    org.owner.actor,
    (db) =>
      db.$queryRaw<{ data: Record<string, string> }[]>`
      DELETE FROM pgboss.job WHERE name = 'people.remind' AND data->>'organizationId' = ${org.id} RETURNING data`,
  )
  for (const { data } of waiting) await jobs.find(({ name }) => name === 'people.remind')?.work(data)
  return waiting.length
}

async function team() {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'admin', 'Sam Ortiz')
  const priya = await joins(org, 'member', 'Priya Nair', 'priya-n')
  const lee = await joins(org, 'member', 'Lee Park')
  return { org, dana, sam, priya, lee }
}

test('T-PPL-1 a reminder goes by mail to each who has not connected, once; the second says when the first was and whose', async () => {
  const { org, dana, sam, priya, lee } = await team()
  await joins(org, 'reviewer', 'Rita Cole') // cannot connect an account
  expect((await peopleOf(dana)).reminder).toEqual({ waiting: 2, last: null })
  const first = await remind(dana)
  expect(first).toMatchObject({ sent: true, last: { by: 'Dana Kim', count: 2 } })
  expect(await sendWaiting(org)).toBe(2)
  const second = await remind(sam)
  expect(second).toEqual({ sent: false, last: first.last })
  expect(await sendWaiting(org)).toBe(0)
  for (const { person } of [sam, lee]) {
    const [mail, ...more] = await mails.to(person.email)
    expect(more).toEqual([])
    expect(mail?.subject).toBe('Connect your GitHub account (Acme)')
    expect(mail?.text).toContain('Dana Kim asks you to connect your own GitHub account in Acme.')
    expect(mail?.text).toContain(`http://localhost:3000/${org.slug}/settings/integrations/github`)
  }
  for (const { person } of [dana, priya]) expect(await mails.to(person.email)).toEqual([])
})

test('T-PPL-1 two reminders at the same moment are one, and the next one goes out a day later', async () => {
  const { org, dana, sam } = await team()
  const both = await Promise.all([remind(dana), remind(sam)])
  expect(both.map(({ sent }) => sent).sort()).toEqual([false, true])
  expect(await sendWaiting(org)).toBe(2)
  expect((await withClockShifted(dayMs - 60_000, () => remind(dana))).sent).toBe(false)
  expect((await withClockShifted(dayMs + 60_000, () => remind(dana))).sent).toBe(true)
})

test('who connects, or leaves, before the mail goes out gets none; a mail that was refused is tried again', async () => {
  const { org, dana, sam, lee } = await team()
  await remind(dana)
  await connect(lee, { account: 'lee-p' })
  mails.refuse(true)
  await expect(sendWaiting(org)).rejects.toThrow('mailbox unavailable')
  mails.refuse(false)
  const notice = (userId: string) => ({ organizationId: org.id, provider: 'github', userId })
  for (const { person } of [lee, sam]) await jobs[0]?.work(notice(person.id))
  expect(await mails.to(lee.person.email)).toEqual([])
  expect(await mails.to(sam.person.email)).toHaveLength(1)
  expect((await dana.delete(dana.at(`members/${sam.person.id}`))).status).toBe(204)
  await jobs[0]?.work(notice(sam.person.id))
  expect(await mails.to(sam.person.email)).toHaveLength(1)
})

test('where everybody else has connected there is nobody to remind, and members remind nobody', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const priya = await joins(org, 'member', 'Priya Nair', 'priya-n')
  const path = 'integrations/github/people/reminders'
  expect((await dana.post(dana.at(path))).body).toMatchObject({
    status: 409,
    detail: 'Everybody else has connected GitHub.',
  })
  expect((await priya.post(priya.at(path))).status).toBe(403)
  expect((await dana.post(dana.at('integrations/slack/people/reminders'))).status).toBe(404)
  expect((await peopleOf(priya)).reminder).toBeNull()
})

test('T-PPL-2 an admin sees whose account stands how and when it was last used, and nothing of what it opens', async () => {
  const { sam, priya } = await team()
  expect(await rowOf(sam, 'Priya Nair')).toMatchObject({ account: '@priya-n', status: 'connected', lastUsedAt: null })
  const theirs = await priya.get(priya.at(`connections/${priya.connectionId}/resources?kind=repository`))
  const { items } = theirs.body as { items: { title: string; url: string }[] } // a list of resources
  expect(items.length).toBeGreaterThan(0)
  const { coverage, people } = await peopleOf(sam)
  expect(coverage).toEqual({ connected: 1, members: 4 })
  expect(people.map(({ name, status }) => [name, status])).toEqual([
    ['Dana Kim', 'not_configured'],
    ['Lee Park', 'not_configured'],
    ['Priya Nair', 'connected'],
    ['Sam Ortiz', 'not_configured'],
  ])
  const told = JSON.stringify(people)
  for (const { title, url } of items) {
    expect(told).not.toContain(title)
    expect(told).not.toContain(url)
  }
  expect(people[2]?.lastUsedAt).toMatch(/^\d{4}-/)
})

test('an organization that keeps Plugboard out of somebody’s account is not named to others', async () => {
  const { sam, priya } = await team()
  await withOrg(priya.actor, (db) =>
    db.connection.update({
      where: { id: priya.connectionId },
      data: { capabilities: { unapproved: ['secret-startup'] } },
    }),
  )
  expect((await rowOf(priya, 'Priya Nair'))?.reason).toContain('secret-startup')
  expect(JSON.stringify(await peopleOf(sam))).not.toContain('secret-startup')
  expect(await rowOf(sam, 'Priya Nair')).toMatchObject({ status: 'connected', signal: 'amber' })
})

test('an account that is called by a mail address nobody here knows is named to its owner alone', async () => {
  const { sam, priya } = await team()
  const named = (accountLabel: string) =>
    withOrg(priya.actor, (db) => db.connection.update({ where: { id: priya.connectionId }, data: { accountLabel } }))
  await named('priya.private@mail.example')
  expect((await rowOf(sam, 'Priya Nair'))?.account).toBeNull()
  expect((await rowOf(priya, 'Priya Nair'))?.account).toBe('priya.private@mail.example')
  await named(priya.person.email)
  expect((await rowOf(sam, 'Priya Nair'))?.account).toBe(priya.person.email)
})

test('a member and a reviewer see their own row and the count; a guest and another organization nothing', async () => {
  const { org, priya } = await team()
  const rita = await joins(org, 'reviewer', 'Rita Cole')
  for (const who of [priya, rita]) {
    const { coverage, people } = await peopleOf(who)
    expect(coverage).toEqual({ connected: 1, members: 5 })
    expect(people.map(({ name, isSelf }) => [name, isSelf])).toEqual([[who.person.name, true]])
  }
  const guest = await joins(org, 'guest', 'Gil Vega')
  expect((await guest.get(guest.at('integrations/github/people'))).status).toBe(403)
  const olga = await ownerOf(await newOrganization('Globex'))
  expect((await olga.get(priya.at('integrations/github/people'))).status).toBe(404)
})

test('an admin ends a member’s account from its row: revoked at GitHub, and only that one', async () => {
  const { sam, priya, lee } = await team()
  await connect(lee, { account: 'lee-p' })
  const endable = (await rowOf(sam, 'Priya Nair'))?.endable
  expect(endable).toBe(priya.connectionId)
  await sandbox.control.clearLog()
  expect((await sam.delete(sam.at(`connections/${endable}`))).body).toMatchObject({ revocation: 'revoked' })
  expect((await sandbox.control.log()).map(({ method }) => method)).toEqual(['DELETE'])
  expect(await rowOf(sam, 'Priya Nair')).toMatchObject({ status: 'disconnected', account: null, endable: null })
  expect(await rowOf(sam, 'Lee Park')).toMatchObject({ status: 'connected', account: '@lee-p' })
  expect((await peopleOf(sam)).coverage.connected).toBe(1)
})

test('to look whether an account still works is no use of it', async () => {
  const { priya } = await team()
  expect((await priya.post(priya.at(`connections/${priya.connectionId}/verify`))).status).toBe(200)
  expect((await rowOf(priya, 'Priya Nair'))?.lastUsedAt).toBeNull()
})
