// The register of what has to be rotated, with a clock that is moved.
import { expect, onTestFinished, test } from 'vitest'
import { ConnectionView, ProviderList } from '#lib/connections/schema.ts'
import { jobs } from '#lib/governance/jobs.ts'
import { RotationRegister } from '#lib/governance/schema.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { mailsTo } from '#tests/support/mailbox.ts'
import { api, member, person, sessionOf, type TestPerson } from '#tests/support/people.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const sentry = sentryClient(sandbox.url)
const DAY_MS = 86_400_000

/** Moves the product's clock until the test is over. */
const pass = (days: number) => onTestFinished(shiftClock(days * DAY_MS))
/** The same person with a session that the clock has not ended. */
const again = async (by: TestPerson) => ({ ...by, ...api(await sessionOf(by.id), by.ip) })

async function pasted(by: TestPerson, more: object = {}): Promise<ConnectionView> {
  const fields = { organization: 'acme', token: await sentry.tokenFor() }
  const body = { provider: 'sentry', slot: 'organization', method: 'api_key', fields, ...more }
  return (await by.post(by.at('connections'), body, ConnectionView)).body
}
const register = async (by: TestPerson) => (await by.get(by.at('rotation'), RotationRegister)).body
const first = async (by: TestPerson) => (await register(await again(by))).items[0]
const leak = (by: TestPerson, id: string) => by.post(by.at(`connections/${id}/credential/leak-suspected`))
async function inHub(by: TestPerson) {
  const { items } = (await by.get(by.at('integrations'), ProviderList)).body
  return items.find(({ id }) => id === 'sentry')?.slots[0]
}
async function actions(by: TestPerson): Promise<string[]> {
  const { body } = await by.get(by.at('audit-events'))
  const { items } = body as { items: { action: string }[] } // as AuditPage
  return items.map(({ action }) => action).filter((action) => /^(?:key|policy)\./.test(action))
}

/** The daily look, and then what it put into the queue; resolves with how many mails that were. */
async function dayPasses(by: TestPerson): Promise<number> {
  await jobs.find(({ name }) => name === 'governance.remind')?.work({})
  return asSuperuser(async (client) => {
    const { rows } = await client.query<{ name: string; data: Record<string, string> }>(
      `SELECT name, data FROM pgboss.job WHERE name LIKE 'governance.tell-%' AND state = 'created' AND data->>'organizationId' = $1`,
      [by.org.id],
    )
    for (const { name, data } of rows) await jobs.find((job) => job.name === name)?.work(data)
    await client.query(`UPDATE pgboss.job SET state = 'completed' WHERE name LIKE 'governance.tell-%'`)
    return rows.length
  })
}

test('T-ROT-1: a key 76 days old is due soon, one of 90 is overdue, and the hub counts both', async () => {
  const dana = await person()
  await pasted(dana)
  expect(await first(dana)).toMatchObject({ rotate: null, why: null, ageDays: 0, daysLeft: 90, renewsItself: false })
  expect((await inHub(dana))?.connection?.credential.rotate).toBeNull()
  const at = async (days: number) => {
    const back = shiftClock(days * DAY_MS)
    const [row, slot] = [await first(dana), await inHub(await again(dana))]
    back()
    return [row?.rotate, row?.ageDays, slot?.connection?.credential.rotate, slot?.signal, slot?.reason]
  }
  expect(await at(75.5)).toEqual([null, 75, null, 'green', null])
  expect(await at(76.01)).toEqual(['soon', 76, 'soon', 'amber', 'Rotation due in 14 days'])
  expect(await at(90.01)).toEqual(['now', 90, 'now', 'amber', 'Rotation overdue since today'])
  expect(await at(93.5)).toEqual(['now', 93, 'now', 'amber', 'Rotation overdue by 3 days'])
})

test('T-ROT-2: rotating begins the age anew, keeps the note of the place, and is written down with the tick', async () => {
  const dana = await person()
  const { id } = await pasted(dana, { keptAt: 'https://vault.example.com/sentry' })
  pass(91)
  const now = await again(dana)
  const token = await sentry.tokenFor()
  expect((await now.put(now.at(`connections/${id}/credential`), { fields: { token } })).status).toBe(200)
  expect((await now.post(now.at(`connections/${id}/credential/old-revoked`))).status).toBe(204)
  expect(await first(dana)).toMatchObject({
    rotate: null,
    ageDays: 0,
    daysLeft: 90,
    endsWith: token.slice(-4),
    keptAt: 'https://vault.example.com/sentry',
    owner: { name: 'Dana', leftAt: null },
  })
  expect(await actions(now)).toEqual(['key.old_revoked', 'key.replaced'])
})

test('T-ROT-3: removing the member who added a key flags it in the same minute', async () => {
  const dana = await person()
  const sam = await member(dana, 'admin', 'Sam')
  await pasted(sam)
  expect(await first(dana)).toMatchObject({ rotate: null, owner: { name: 'Sam', leftAt: null } })
  await dana.delete(dana.at(`members/${sam.id}`))
  expect(await first(dana)).toMatchObject({
    rotate: 'now',
    why: 'left',
    owner: { name: 'Sam', leftAt: expect.stringMatching(/^20/) },
  })
  expect(await inHub(dana)).toMatchObject({ signal: 'amber', reason: 'Connected by Sam, who left' })
  expect((await inHub(dana))?.connection?.credential.rotate).toBe('now')
})

test('reminders come 14, 7 and 1 days before, when it is over and then weekly: one mail each for each who can rotate it', async () => {
  const dana = await person()
  const sam = await member(dana, 'admin', 'Sam')
  const priya = await member(dana, 'member', 'Priya')
  await pasted(dana, { keptAt: 'Team vault' })
  const sent: number[] = []
  for (const days of [75.5, 76.1, 76.9, 82.9, 83.1, 89.1, 90.1, 92, 97.1, 98]) {
    const back = shiftClock(days * DAY_MS)
    if ((await dayPasses(dana)) > 0) sent.push(days)
    back()
  }
  expect(sent).toEqual([76.1, 83.1, 89.1, 90.1, 97.1])
  const told = (await mailsTo(dana.email)).filter((text) => text.includes('/settings/governance'))
  expect(told).toHaveLength(5)
  expect(told[0]).toMatch(/after 90 days.*is 76 days old.*due in 14 days.*kept in: Team vault/s)
  expect(told[4]).toContain('overdue by 7 days')
  expect((await mailsTo(sam.email)).filter((text) => text.includes('/settings/governance'))).toHaveLength(5)
  expect((await mailsTo(priya.email)).filter((text) => text.includes('/settings/governance'))).toEqual([])
})

test('it is looked for once a day', () => {
  expect(jobs.find(({ name }) => name === 'governance.remind')?.schedule).toBe('0 8 * * *')
})

test('two workers who look in the same moment send one reminder', async () => {
  const dana = await person()
  await pasted(dana)
  pass(76.1)
  const look = jobs.find(({ name }) => name === 'governance.remind')
  await Promise.all([look?.work({}), look?.work({})])
  expect(await dayPasses(dana)).toBe(1)
})

test('a suspected leak asks for another key at once, is told once, and is over with the next key', async () => {
  const dana = await person()
  const lee = await member(dana, 'reviewer', 'Lee')
  const priya = await member(dana, 'member', 'Priya')
  const { id } = await pasted(dana)
  expect([(await leak(lee, id)).status, (await leak(priya, id)).status]).toEqual([403, 403])
  expect([(await leak(dana, id)).status, (await leak(dana, id)).status]).toEqual([204, 204])
  expect(await first(dana)).toMatchObject({ rotate: 'now', why: 'suspected', suspected: { by: 'Dana' } })
  expect(await inHub(dana)).toMatchObject({
    signal: 'amber',
    reason: 'Somebody suspects a leak: rotate now',
    nextAction: { id: 'replace_key', label: 'Rotate' },
  })
  expect(await dayPasses(dana)).toBe(1)
  expect((await mailsTo(dana.email)).at(-1)).toMatch(/Dana suspects that others know the key of Sentry that ends/)
  await dana.put(dana.at(`connections/${id}/credential`), { fields: { token: await sentry.tokenFor() } })
  expect(await first(dana)).toMatchObject({ rotate: null, suspected: null })
  expect(await actions(dana)).toEqual(['key.replaced', 'key.leak_suspected'])
})

test('owners and admins say after how many days; it counts at once, and is written down', async () => {
  const dana = await person()
  const lee = await member(dana, 'reviewer', 'Lee')
  const priya = await member(dana, 'member', 'Priya')
  await pasted(dana)
  const change = (by: TestPerson, everyDays: unknown) => by.patch(by.at('rotation'), { everyDays })
  for (const wrong of [29, 366, 45.5, null, '90'])
    expect(await change(dana, wrong)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/everyDays' }] } })
  expect((await change(lee, 30)).status).toBe(403)
  expect(await change(dana, 30)).toMatchObject({ status: 200, body: { everyDays: 30, items: [{ daysLeft: 30 }] } })
  expect(await change(dana, 30)).toMatchObject({ status: 200 })
  expect(await actions(dana)).toEqual(['policy.changed'])
  expect((await register(lee)).may).toEqual({ change: false })
  expect((await priya.get(priya.at('rotation'))).status).toBe(403)
  pass(31)
  expect(await first(dana)).toMatchObject({ rotate: 'now', why: 'age' })
})

test('what was disconnected is in no register, and nothing of where a key is kept is told elsewhere', async () => {
  const dana = await person()
  const { id } = await pasted(dana, { keptAt: 'Team vault' })
  expect(JSON.stringify((await dana.get(dana.at('integrations'))).body)).not.toContain('Team vault')
  await dana.delete(dana.at(`connections/${id}`))
  expect((await register(dana)).items).toEqual([])
})
