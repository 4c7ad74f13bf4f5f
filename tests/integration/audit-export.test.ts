import { expect, test } from 'vitest'
import { AuditPage } from '#lib/audit/schema.ts'
import { InvitationSent } from '#lib/tenancy/schema.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'

const events = async (by: TestPerson, query = '') => (await by.get(by.at(`audit-events${query}`), AuditPage)).body
const actions = async (by: TestPerson, query: string) => (await events(by, query)).items.map(({ action }) => action)

async function csv(by: TestPerson, query = ''): Promise<string[][]> {
  const { status, headers, body } = await by.get(by.at(`audit-events.csv${query}`))
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  const text = String(body).replace(/^\uFEFF/, '')
  expect(text.endsWith('\r\n')).toBe(true)
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)]
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== ',') rows.push([])
  }
  return rows.slice(0, -1)
}

async function busy(): Promise<{ dana: TestPerson; sam: TestPerson }> {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  await dana.patch(dana.at(), { name: '=HYPERLINK("http://evil.test")' })
  await sam.post(sam.at('invitations'), { email: 'lee@park.test', role: 'member' }, InvitationSent)
  await sam.post(sam.at('invitations'), { email: 'ann@park.test', role: 'guest' }, InvitationSent)
  await sam.patch(sam.at('integrations/slack'), { enabled: false })
  return { dana, sam }
}

test('T-AUD-2: filters are combined with AND, and the whole count comes with each page', async () => {
  const { dana, sam } = await busy()
  expect(await actions(dana, `?actor=${sam.id}&action=member.invited`)).toEqual(['member.invited', 'member.invited'])
  expect(await actions(dana, `?actor=${sam.id}&action=member.invited,connector.disabled&provider=slack`)).toEqual([
    'connector.disabled',
  ])
  expect(await actions(dana, '?target=LEE@park&result=ok')).toEqual(['member.invited'])
  expect(await actions(dana, '?result=failed')).toEqual([])
  const page = await events(dana, `?actor=${sam.id}&action=member.invited&limit=1`)
  expect([page.items.length, page.total]).toEqual([1, 2])
  const refused = await dana.get(dana.at('audit-events?action=nonsense'))
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/action/0' }] } })
})

test('T-AUD-3: the CSV holds the filtered events in their order, with no cell that is a formula', async () => {
  const { dana, sam } = await busy()
  const query = `?actor=${sam.id}&action=member.invited,connector.disabled`
  const [head, ...rows] = await csv(dana, query)
  const { items } = await events(dana, query)
  expect(head).toEqual(
    'time actor actor_kind action provider target target_kind target_id result before after address request event'.split(
      ' ',
    ),
  )
  expect(rows.map(([time, actor, , action, provider]) => [time, actor, action, provider])).toEqual(
    items.map(({ at, actor, action, provider }) => [at, actor.name, action, provider ?? '']),
  )
  const [, ...all] = await csv(dana)
  const renamed = all.find(([, , , action]) => action === 'organization.renamed')
  expect(renamed?.[5]).toMatch(/^'=HYPERLINK/)
  expect(all.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
})

test('an export is an event of its own, kept before the first line leaves and not among the lines', async () => {
  const { dana } = await busy()
  const { total } = await events(dana)
  const [, ...rows] = await csv(dana, '?bom=true')
  expect(rows).toHaveLength(total)
  expect(rows.map(([, , , action]) => action)).not.toContain('export.created')
  const [last] = (await events(dana)).items
  expect(last).toMatchObject({ action: 'export.created', actor: { name: 'Dana' }, after: { rows: total } })
})

test('an export of more events than a batch holds is whole, and in order', async () => {
  const dana = await person('Dana')
  for (let round = 0; round < 26; round++)
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        dana.patch(dana.at(), { whoMayConnect: (round + at) % 2 ? 'members' : 'admins' }),
      ),
    )
  const { total } = await events(dana)
  const [, ...rows] = await csv(dana)
  expect(rows).toHaveLength(total)
  const times = rows.map(([time]) => time)
  expect(times).toEqual(times.toSorted().reverse())
})

test('T-AUD-5: a compliance reviewer exports without addresses; a member gets neither log nor export', async () => {
  const { dana } = await busy()
  const rita = await member(dana, 'reviewer', 'Rita')
  const mia = await member(dana, 'member', 'Mia')
  const [, ...rows] = await csv(rita)
  expect(rows.length).toBeGreaterThan(3)
  expect(rows.map((cells) => cells[11])).toEqual(rows.map(() => ''))
  for (const path of ['audit-events', 'audit-events.csv', 'audit-events/verify'])
    expect((await mia.get(mia.at(path))).status).toBe(403)
  expect((await events(dana)).items[0]).toMatchObject({ action: 'export.created', actor: { name: 'Rita' } })
})

test('T-AUD-6: no address changes or removes an event', async () => {
  const { dana } = await busy()
  const before = await events(dana)
  const [first] = before.items
  for (const path of ['audit-events', 'audit-events.csv', 'audit-events/verify', `audit-events/${first?.id}`])
    for (const method of ['post', 'patch', 'put', 'delete'] as const)
      expect([404, 405]).toContain((await dana[method](dana.at(path))).status)
  expect(await events(dana)).toEqual(before)
})
