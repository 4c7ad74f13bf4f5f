// Zoom, connected once for everybody with what one person hosts: what the plan gives, what may stand on boards, what ends it.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { jobs } from '#lib/connections/jobs.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { verify } from '#lib/connections/verify.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withClockShifted } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { listContainers } from '#lib/resources/list-containers.ts'
import { SearchAnswer } from '#lib/resources/schema.ts'
import { shareResource } from '#lib/resources/share-resource.ts'
import { cardsOf, newBoard, paste } from '#tests/support/boards.ts'
import { listOf } from '#tests/support/connected.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { allowMeetings } from '#tests/support/sources.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const DANA = 'dana@acme.example'
const PRIYA = 'priya@acme.example'
const warned =
  'Free Zoom plans do not support cloud recordings. Meeting metadata will still be tracked, but transcripts require a Pro or higher plan.'

const set = (what: object) => sandbox.control.set({ provider: 'zoom', ...what })

async function consented(org: TestOrganization, account: string): Promise<string> {
  const { connection } = await connect(org.owner, { provider: 'zoom', slot: 'organization', account })
  if (!connection) throw new Error('not connected')
  return connection.id
}
const standing = ({ owner }: TestOrganization, id: string) => findConnection(owner.actor, id)
/** What the worker does right after somebody connected. */
async function planIsRead(org: TestOrganization, connectionId: string): Promise<void> {
  const payload = { organizationId: org.id, connectionId }
  const queued = await withOrg(
    org.owner.actor,
    (db) =>
      db.$queryRaw<
        object[]
      >`SELECT 1 FROM pgboss.job WHERE name = 'connections.read-plan' AND data @> ${JSON.stringify(payload)}::jsonb`,
  )
  expect(queued.length).toBeGreaterThan(0)
  await jobs.find(({ name }) => name === 'connections.read-plan')?.work(payload)
}
async function connected(account = DANA): Promise<{ org: TestOrganization; dana: Viewer; id: string }> {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const id = await consented(org, account)
  await planIsRead(org, id)
  return { org, dana, id }
}

test('T-ZOM-1 it is Connected under the person’s address, and its plan is read right after', async () => {
  const org = await newOrganization()
  const id = await consented(org, DANA)
  expect(await standing(org, id)).toMatchObject({
    status: 'connected',
    account: { label: DANA },
    scopes: { missing: [] },
    plan: null,
  })
  await planIsRead(org, id)
  const { plan, ...connection } = await standing(org, id)
  expect(connection).toMatchObject({ signal: 'green', reason: null })
  expect(plan).toMatchObject({ label: 'Licensed', problem: null, warnings: [] })
  expect(plan?.capabilities.every(({ isIncluded }) => isIncluded)).toBe(true)
})

test('T-ZOM-2 T-ZOM-3 a free plan says so word for word, stays Connected and green, and meetings are read', async () => {
  const { dana, org, id } = await connected('lee@park.example')
  const { plan, ...connection } = await standing(org, id)
  expect(plan?.warnings.map(({ says }) => says)).toEqual([warned])
  expect(connection).toMatchObject({
    status: 'connected',
    signal: 'green',
    reasonCode: 'plan_limited',
    reason: 'Free plan: no recordings',
    nextAction: { id: 'details', label: 'Details', who: 'anyone', may: true },
  })
  const { items } = await listContainers(dana.actor, id, { kind: 'meeting', switches: '1' })
  expect(items.map(({ title }) => title).toSorted()).toEqual(['Intro: backend work', 'Invoice questions'])
})

test('T-ZOM-4 after an upgrade a check reads the plan anew, and what was missing can be read', async () => {
  const { org, dana, id } = await connected(PRIYA)
  expect((await standing(org, id)).plan).toMatchObject({ label: 'Basic', warnings: [{ says: warned }] })
  await set({ person: { email: PRIYA, type: 2, cloudRecording: true } })
  const checked = await verify(dana.actor, id)
  expect(checked).toMatchObject({ reasonCode: null, plan: { label: 'Licensed', warnings: [] } })
  await set({ person: { email: PRIYA, cloudRecording: false } })
  expect(await verify(dana.actor, id)).toMatchObject({
    status: 'connected',
    reason: 'Cloud recording is off',
    plan: { warnings: [{ says: 'Cloud recording is off in Zoom settings.' }] },
  })
})

test('a plan that cannot be read is told as that, with what was last known; the connection stays as it is', async () => {
  const org = await newOrganization()
  const id = await consented(org, DANA)
  const settings = [{ provider: 'zoom', path: '/zoom-api/v2/users/me/settings', status: 500 }]
  await sandbox.control.faults(settings)
  await planIsRead(org, id)
  const problem = "Couldn't read your plan. Recordings may be missing."
  const unread = await standing(org, id)
  expect(unread.plan).toEqual({ label: null, problem, capabilities: [], warnings: [] })
  expect(unread).toMatchObject({ status: 'connected', signal: 'green' })
  await sandbox.control.clearFaults()
  expect((await verify(org.owner.actor, id)).plan).toMatchObject({ label: 'Licensed', problem: null })
  await sandbox.control.faults(settings)
  const again = await verify(org.owner.actor, id)
  expect(again).toMatchObject({ status: 'connected', plan: { label: 'Licensed', problem } })
  expect(again.plan?.capabilities).not.toEqual([])
})

test('no meeting stands on boards until an admin allows it, and then with its recordings; turned off, all of it is gone', async () => {
  const { org, dana, id } = await connected()
  const priya = await joins(org, 'member', 'Priya Nair')
  const { items } = await listContainers(dana.actor, id, { kind: 'meeting', switches: '1' })
  expect(items.length).toBeGreaterThan(3)
  expect(items.filter(({ onBoards }) => onBoards)).toEqual([])
  const review = items.find(({ title }) => title.startsWith('Incident review'))
  expect(review?.audience).toContain('who came')
  const found = async (by: Viewer) =>
    (await by.get(by.at('search?q=incident&provider=zoom'), SearchAnswer)).body.sources.flatMap(({ items: all }) => all)
  const recordingsOf = (by: Viewer) => listOf(by, id, { kind: 'recording', parent: review?.id ?? '' })
  for (const viewer of [dana, priya]) expect(await recordingsOf(viewer)).toEqual([])
  expect(await found(priya)).toEqual([])
  const board = await newBoard(dana)
  expect((await paste(dana, board, review?.url ?? '')).body).toMatchObject({ type: '/problems/not-on-boards' })

  await shareResource(dana.actor, id, { kind: 'meeting', resource: review?.id ?? '' }, true)
  expect((await found(priya)).map(({ title }) => title)).toEqual([review?.title])
  expect((await paste(dana, board, review?.url ?? '')).status).toBe(201)
  const looks = async () =>
    (await cardsOf(priya, board)).map(({ state, resource }) => [state, resource?.body?.recording])
  expect(await looks()).toEqual([['live', 'ready']])
  const [recording] = await recordingsOf(priya)
  expect(JSON.stringify(recording)).toContain('/rec/play/')
  const opened = (by: Viewer) => by.get(by.at(`connections/${id}/resources/recording/${recording?.id}`))
  for (const viewer of [dana, priya]) expect((await opened(viewer)).status).toBe(200)

  await shareResource(dana.actor, id, { kind: 'meeting', resource: review?.id ?? '' }, false)
  expect((await looks())[0]?.[0]).not.toBe('live')
  for (const viewer of [dana, priya]) {
    expect(await found(viewer)).toEqual([])
    expect(await recordingsOf(viewer)).toEqual([])
    expect((await opened(viewer)).status).not.toBe(200)
  }
})

test('its list is fetched once in five minutes, however much is typed: a free account has few calls in a day', async () => {
  const { dana, id } = await connected()
  await allowMeetings(dana.actor, id)
  await sandbox.control.clearLog()
  const type = async (...texts: string[]) => {
    for (const text of texts) {
      const { sources } = (await dana.get(dana.at(`search?q=${text}`), SearchAnswer)).body
      expect(sources.find(({ provider }) => provider === 'zoom')?.items[0]?.title).toMatch(/^Incident review/)
    }
    return (await sandbox.control.log()).filter(({ path }) => path.startsWith('/zoom-api')).length
  }
  const once = await type('inc')
  expect(await type('incid', 'incident', 'review')).toBe(once)
  expect(await withClockShifted(6 * 60_000, () => type('incident'))).toBe(2 * once)
})

test('what is known from a moment ago is no sign that Zoom works again', async () => {
  const { org, dana, id } = await connected()
  await allowMeetings(dana.actor, id)
  const type = () => dana.get(dana.at('search?q=incident'), SearchAnswer)
  await type()
  await withOrg(org.owner.actor, (db) =>
    db.connection.update({ where: { id }, data: { status: 'error', reasonCode: 'unavailable' } }),
  )
  await type()
  expect((await standing(org, id)).status).toBe('error')
  await withClockShifted(6 * 60_000, type)
  expect((await standing(org, id)).status).toBe('connected')
})

test('the same account connected in another organization ends the first, which says why plainly', async () => {
  const [first, second] = [await connected(), await connected()]
  const read = ({ org, id }: typeof first) =>
    withConnection(org.owner.actor, id, (api) => api('/users/me', { schema: z.object({ email: z.string() }) }))
  expect((await read(second)).email).toBe(DANA)
  await expect(read(first)).rejects.toMatchObject({ failure: 'revoked' })
  const { status, reasonCode, nextAction } = await standing(first.org, first.id)
  expect([status, reasonCode, nextAction?.label]).toEqual(['needs_reauth', 'refresh_refused', 'Reconnect'])
  const { body } = await first.dana.get(first.dana.at('integrations/zoom'))
  expect(JSON.stringify(body)).toContain('the newer one ended this')
  expect(await consented(first.org, DANA)).toBe(first.id)
  expect((await read(first)).email).toBe(DANA)
})

test('reconnecting keeps the connection and asks Zoom to end nothing: the newer consent has done that', async () => {
  const { org, id } = await connected()
  await sandbox.control.clearLog()
  expect(await consented(org, DANA)).toBe(id)
  const asked = (await sandbox.control.log()).map(({ path }) => path)
  expect(asked).not.toContain('/zoom-web/oauth/revoke')
  expect((await standing(org, id)).status).toBe('connected')
})
