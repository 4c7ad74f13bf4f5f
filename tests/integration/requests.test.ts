import { expect, test } from 'vitest'
import { listAuditEvents } from '#lib/audit/queries.ts'
import { configure } from '#lib/connections/configure.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { jobs } from '#lib/connections/jobs.ts'
import { RequestList, RequestView } from '#lib/connections/request-schema.ts'
import { ProviderView } from '#lib/connections/schema.ts'
import { withClockShifted } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { mailsTo } from '#tests/support/mailbox.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

withSandbox()

const ask = (who: Viewer, body: object = {}) => who.post(who.at('connection-requests'), { provider: 'github', ...body })
const asked = async (who: Viewer, body: object = {}) => RequestView.parse((await ask(who, body)).body)
const decide = (who: Viewer, id: string, body: object) => who.patch(who.at(`connection-requests/${id}`), body)
const listed = async (who: Viewer) => (await who.get(who.at('connection-requests'), RequestList)).body.items
const seen = async (who: Viewer) => {
  const { body } = await who.get(who.at('integrations/github'), ProviderView)
  return { ...body, shared: body.slots.find(({ slot }) => slot === 'organization') }
}

/** Does the jobs of an organization that wait under this name, each once. */
async function work(org: TestOrganization, name: string): Promise<number> {
  const waiting = await withOrg(
    org.owner.actor,
    (db) =>
      db.$queryRaw<{ id: string; data: Record<string, string> }[]>`
      DELETE FROM pgboss.job WHERE name = ${name} AND data->>'organizationId' = ${org.id} RETURNING id, data`,
  )
  for (const { data } of waiting) await jobs.find((job) => job.name === name)?.work(data)
  return waiting.length
}

async function people() {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'admin', 'Sam Ortiz')
  const priya = await joins(org, 'member', 'Priya Nair')
  return { org, dana, sam, priya }
}

test('a member asks once: each owner and admin gets one mail that leads to the row, and asking again is the same request', async () => {
  const { org, dana, sam, priya } = await people()
  const lee = await joins(org, 'member', 'Lee Park')
  expect((await seen(priya)).shared?.nextAction).toEqual({ id: 'request', label: 'Request', who: 'anyone', may: true })
  const request = await asked(priya, { reason: '  Deploys in the open  ' })
  expect(request).toMatchObject({ provider: 'github', status: 'open', reason: 'Deploys in the open' })
  expect((await asked(priya, { reason: 'again' })).id).toBe(request.id)
  expect(await work(org, 'connections.tell-request')).toBe(2)
  for (const { person } of [dana, sam]) {
    const [text, ...more] = await mailsTo(person.email)
    expect(more).toEqual([])
    expect(text).toContain('Priya Nair asks you to connect GitHub for everyone in Acme.')
    expect(text).toContain('Their reason: Deploys in the open')
    expect(text).toContain(`http://localhost:3000/${org.slug}/settings/integrations#github`)
  }
  expect((await seen(priya)).shared?.request).toMatchObject({ id: request.id, status: 'open', note: null })
  expect((await seen(priya)).requests).toEqual([])
  expect((await seen(sam)).requests).toEqual([
    { id: request.id, who: 'Priya Nair', reason: 'Deploys in the open', at: request.at },
  ])
  expect((await seen(lee)).shared?.request).toBeNull()
  expect((await listed(lee)).length).toBe(0)
  expect((await listed(priya)).map(({ id }) => id)).toEqual([request.id])
  expect((await listed(dana)).map(({ person }) => person.name)).toEqual(['Priya Nair'])
  const { items } = await listAuditEvents(org.owner.actor, { limit: 50 })
  expect(items.map(({ action, actor, provider }) => [action, actor.name, provider])).toEqual([
    ['request.created', 'Priya Nair', 'github'],
  ])
  expect(JSON.stringify(items), 'what people wrote is theirs to take back').not.toContain('Deploys')
})

test('two presses at the same moment are one request', async () => {
  const { org, priya } = await people()
  const answers = await Promise.all([ask(priya), ask(priya), ask(priya)])
  expect(new Set(answers.map(({ body }) => RequestView.parse(body).id)).size).toBe(1)
  expect(await work(org, 'connections.tell-request')).toBe(2)
})

test('nobody has to be asked for what one may connect, for what is connected, off, or not there', async () => {
  const { org, dana, priya } = await people()
  const kind = async (who: Viewer, body?: object) => {
    const answer = await ask(who, body)
    return [
      answer.status,
      (answer.body as { type: string; detail: string }).type,
      (answer.body as { detail: string }).detail,
    ]
  }
  const yourself = [409, '/problems/conflict', 'You can connect GitHub yourself, without asking.']
  expect(await kind(dana)).toEqual(yourself)
  for (const role of ['guest', 'reviewer'] as const)
    expect((await kind(await joins(org, role, `Lee ${role}`)))[1]).toBe('/problems/forbidden')
  expect((await kind(priya, { provider: 'asana' }))[1]).toBe('/problems/not-found')
  expect((await kind(priya, { reason: 'x'.repeat(281) }))[0]).toBe(422)
  await configure(org.owner.actor, 'github', { whoMayConnect: 'members' })
  expect(await kind(priya)).toEqual(yourself)
  await configure(org.owner.actor, 'github', { whoMayConnect: 'admins', enabled: false })
  expect((await kind(priya))[1]).toBe('/problems/forbidden')
  await configure(org.owner.actor, 'github', { enabled: true })
  const { connection } = await connect(org.owner, { slot: 'organization' })
  expect((await kind(priya))[2]).toBe(
    'GitHub is already connected for everyone. An admin can mend it if it does not work.',
  )
  await disconnect(org.owner.actor, connection?.id ?? '', true)
  expect((await ask(priya)).status).toBe(200)
})

test('whoever declines says why; the asker gets one mail, reads the note, and may ask again', async () => {
  const { org, sam, dana, priya } = await people()
  const { id } = await asked(priya)
  expect((await decide(priya, id, { decision: 'approved' })).status).toBe(403)
  expect((await decide(sam, crypto.randomUUID(), { decision: 'approved' })).status).toBe(404)
  const declined = await decide(sam, id, { decision: 'declined', note: 'Use the shared account first.' })
  expect(declined.body).toMatchObject({ status: 'declined', decidedBy: 'Sam Ortiz' })
  expect((await decide(sam, id, { decision: 'declined' })).status).toBe(200)
  const late = await decide(dana, id, { decision: 'approved' })
  expect([late.status, (late.body as { detail: string }).detail]).toEqual([
    409,
    'Sam Ortiz already declined what Priya Nair asked for.',
  ])
  expect(await work(org, 'connections.tell-request'), 'decided meanwhile: nobody is asked any more').toBe(2)
  expect(await mailsTo(dana.person.email)).toEqual([])
  expect(await work(org, 'connections.tell-decision')).toBe(1)
  expect((await mailsTo(priya.person.email)).join()).toContain('Sam Ortiz wrote: Use the shared account first.')
  const own = await seen(priya)
  expect(own.shared?.request).toMatchObject({ status: 'declined', note: 'Use the shared account first.' })
  expect(own.shared?.nextAction?.id).toBe('request')
  expect((await seen(sam)).requests).toEqual([])
  const again = await withClockShifted(60_000, () => asked(priya))
  expect(again.id).not.toBe(id)
  expect((await seen(priya)).shared?.request).toMatchObject({ id: again.id, status: 'open' })
  const { items } = await listAuditEvents(org.owner.actor, { limit: 50 })
  expect(items.toReversed().map(({ action, actor, before, after }) => [action, actor.name, before, after])).toEqual([
    ['request.created', 'Priya Nair', null, null],
    ['request.declined', 'Sam Ortiz', { status: 'open' }, { status: 'declined' }],
    ['request.created', 'Priya Nair', null, null],
  ])
})

test('an approval tells the asker who connects it', async () => {
  const { org, sam, priya } = await people()
  const { id } = await asked(priya)
  await decide(sam, id, { decision: 'approved' })
  expect(await work(org, 'connections.tell-decision')).toBe(1)
  expect((await mailsTo(priya.person.email)).join()).toContain('Sam Ortiz approved; they will connect it.')
  expect((await seen(priya)).shared?.request).toMatchObject({ status: 'approved', decidedBy: 'Sam Ortiz' })
})

test('connecting it for everyone approves what was open, once, and the mail says that it is there', async () => {
  const { org, dana, priya } = await people()
  const lee = await joins(org, 'member', 'Lee Park')
  const ids = [(await asked(priya)).id, (await asked(lee)).id]
  await connect(org.owner, { slot: 'user' })
  expect((await listed(dana)).map(({ status }) => status)).toEqual(['open', 'open'])
  await connect(org.owner, { slot: 'organization' })
  expect((await listed(dana)).map(({ id, status, decidedBy }) => [id, status, decidedBy])).toEqual([
    [ids[1], 'approved', 'Dana Kim'],
    [ids[0], 'approved', 'Dana Kim'],
  ])
  expect(await work(org, 'connections.tell-decision')).toBe(2)
  expect((await mailsTo(lee.person.email)).join()).toContain('GitHub is connected for everyone now. You asked for it.')
  expect((await seen(priya)).shared?.request, 'what was asked for stands there').toBeNull()
  const { items } = await listAuditEvents(org.owner.actor, { limit: 50 })
  expect(items.filter(({ action }) => action === 'request.approved')).toHaveLength(2)
})

test('whoever leaves takes what they asked for along', async () => {
  const { org, dana, priya } = await people()
  const { id } = await asked(priya)
  await dana.delete(dana.at(`members/${priya.person.id}`))
  expect((await seen(dana)).requests).toEqual([])
  expect(await work(org, 'connections.tell-request')).toBe(2)
  expect(await mailsTo(dana.person.email), 'nobody is asked for somebody who left').toEqual([])
  expect((await decide(dana, id, { decision: 'approved' })).status).toBe(404)
  await work(org, 'connections.forget-member')
  expect(await withOrg(org.owner.actor, (db) => db.connectionRequest.count())).toBe(0)
})
