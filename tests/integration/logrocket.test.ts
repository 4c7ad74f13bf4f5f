// LogRocket for everyone through one pasted key: what was viewed lately, highlights for who asks, and what it does not have.
import { expect, test } from 'vitest'
import { AuditPage } from '#lib/audit/schema.ts'
import { ConnectionView, ProviderView } from '#lib/connections/schema.ts'
import { ReportView, ResourceList, type ResourceView } from '#lib/resources/schema.ts'
import { cardsOf, newBoard, paste } from '#tests/support/boards.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'
import { logrocketClient, standing } from '#tests/support/sandbox-logrocket.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const logrocket = logrocketClient(sandbox.url)

const connectAs = (by: TestPerson, app: string, key: string) =>
  by.post(by.at('connections'), {
    provider: 'logrocket',
    slot: 'organization',
    method: 'api_key',
    fields: { app, key },
  })

async function connected(app = 'acme/web'): Promise<{ dana: TestPerson; id: string }> {
  const dana = await person('Dana')
  const view = ConnectionView.parse((await connectAs(dana, app, standing(app))).body)
  expect(view).toMatchObject({ status: 'connected', signal: 'green', account: { label: app } })
  return { dana, id: view.id }
}

const sessionsOf = async (by: TestPerson, id: string): Promise<ResourceView[]> =>
  (await by.get(by.at(`connections/${id}/resources?kind=session`), ResourceList)).body.items

async function firstSession(by: TestPerson, id: string): Promise<ResourceView> {
  const [session] = await sessionsOf(by, id)
  if (!session) throw new Error('the simulated LogRocket has sessions that were viewed')
  return session
}

const reportsPath = (by: TestPerson, { connectionId, id }: ResourceView) =>
  by.at(`connections/${connectionId}/resources/session/${id}/reports`)
const order = (by: TestPerson, session: ResourceView, fields: Record<string, string>) =>
  by.post(reportsPath(by, session), { fields })
const asked = async (method: string) =>
  (await sandbox.control.log()).filter((one) => one.method === method && one.path.includes('/highlights'))

test('a pasted address of the dashboard and a key with its scheme are what was meant', async () => {
  const dana = await person('Dana')
  const { body } = await connectAs(
    dana,
    'https://app.logrocket.com/acme/web/sessions?u=1',
    ` Authorization: token ${standing('acme/web')}\n`,
  )
  expect(body).toMatchObject({ status: 'connected', account: { label: 'acme/web' } })
})

test.each([
  ['acme/web', 'acme:web:nope', '/fields/key', /^LogRocket didn't accept this key\./],
  [
    'acme/web',
    standing('acme/admin'),
    '/fields/key',
    /^LogRocket lets this key see nothing of acme\/web\. If it is of another project/,
  ],
  ['acme/nosuch', standing('acme/web'), '/fields/app', /^LogRocket knows no project acme\/nosuch, or its plan/],
  ['acme/web', 'acme/web', '/fields/key', /^This is an App ID, which opens nothing\./],
  [
    'https://logrocket.acme.example/acme/web',
    'x',
    '/fields/app',
    /^This address is at logrocket\.acme\.example, and the/,
  ],
  ['acme', 'x', '/fields/app', /^Enter both parts of the App ID, like acme\/web/],
])('for %s the key %s is refused at %s in words', async (app, key, pointer, says) => {
  const dana = await person('Dana')
  const { status, body } = await connectAs(dana, app, key)
  expect(status).toBe(422)
  expect(body).toMatchObject({ errors: [{ pointer, detail: expect.stringMatching(says) }] })
  expect(JSON.stringify(body)).not.toContain('sandboxsandbox')
})

test('a plan without anything to read is no fault of the key, and turns a connection that it takes everything from', async () => {
  const { dana, id } = await connected()
  await logrocket.set({ missingFeature: 403, features: { app: 'acme/web', auditLog: false } })
  expect((await connectAs(await person('Sam'), 'acme/web', standing('acme/web'))).body).toMatchObject({
    errors: [
      {
        pointer: '/fields/app',
        detail: expect.stringMatching(/^The plan of acme\/web has neither the audit log nor Data Export/),
      },
    ],
  })
  const { body } = await dana.post(dana.at(`connections/${id}/verify`), {})
  expect(ConnectionView.parse(body)).toMatchObject({ status: 'no_access' })
})

test('a plan without the audit log connects; its list says what is missing, and a pasted replay is still a card', async () => {
  const { dana, id } = await connected('acme/admin')
  const list = await dana.get(dana.at(`connections/${id}/resources?kind=session`))
  expect(list.body).toMatchObject({ detail: expect.stringMatching(/^LogRocket keeps no audit log of this project/) })
  const board = await newBoard(dana)
  await paste(dana, board, 'https://app.logrocket.com/acme/admin/s/6-0193b1f2-1111-7222-8333-444455556666/0')
  expect(await cardsOf(dana, board)).toMatchObject([{ kind: 'session', state: 'live' }])
})

test('its page says what people look for in vain', async () => {
  const { dana } = await connected()
  const { body } = await dana.get(dana.at('integrations/logrocket'), ProviderView)
  expect(body.lacks?.[0]).toBe('No list of all sessions, and no search among them: LogRocket has no API for either.')
  expect(body.kinds.map(({ id, search }) => [id, search])).toEqual([
    ['project', 'typing'],
    ['session', null],
  ])
})

test('who viewed a session is a name, and to owners and admins an address', async () => {
  const { dana, id } = await connected()
  const priya = await member(dana, 'member', 'Priya')
  const own = await firstSession(dana, id)
  expect(own.forAdmins?.email).toMatch(/@acme\.example$/)
  const board = await newBoard(dana)
  await paste(dana, board, own.url)
  const seen = JSON.stringify([await sessionsOf(priya, id), await cardsOf(priya, board)])
  expect(seen).toContain('Priya')
  expect(seen).not.toContain('@')
})

test('highlights are asked for by who presses the button, and by no page, list, card or search', async () => {
  const { dana, id } = await connected()
  const session = await firstSession(dana, id)
  const board = await newBoard(dana)
  await paste(dana, board, session.url)
  await cardsOf(dana, board)
  await dana.get(dana.at('search?q=a'))
  expect([...(await asked('POST')), ...(await asked('GET'))]).toEqual([])

  await logrocket.set({ highlights: { seconds: 90, outcome: 'READY' } })
  await sandbox.control.clearLog()
  const { status, body } = await order(dana, session, { user: 'nora@customer.example' })
  expect(status).toBe(202)
  const report = ReportView.parse(body)
  expect(report.state).toBe('pending')
  const look = async (by: TestPerson) => (await by.get(`${reportsPath(by, session)}/${report.id}`, ReportView)).body
  expect(await look(dana)).toEqual({ id: report.id, state: 'pending' })
  await sandbox.control.clock(91)
  const written = await look(await member(dana, 'member', 'Priya'))
  expect(written.state).toBe('ready')
  expect(written.text).toMatch(/\w/)
  expect(written.parts?.[0]).toMatchObject({ title: expect.stringMatching(/^Session /), text: expect.any(String) })
  expect(await asked('POST')).toHaveLength(1)
  const audited = (await sandbox.control.log()).filter(({ path }) => path.includes('/audit/'))
  expect(audited).toEqual([]) // to look how they stand reads nothing else

  const { items } = (await dana.get(dana.at('audit-events?action=report.ordered'), AuditPage)).body
  expect(items).toMatchObject([
    {
      actor: { name: 'Dana' },
      provider: 'logrocket',
      subject: { kind: 'session', id: session.id, name: session.title },
    },
  ])
  expect(JSON.stringify(items)).not.toContain('nora')
})

test('of a log of many pages the full ones are read once, and what came since at every look', async () => {
  const { dana, id } = await connected()
  const entries = Array.from({ length: 150 }, (_, n) => ({ ago: `${n + 60}m`, session: { name: `Visitor ${n}` } }))
  await logrocket.set({ entries })
  await sandbox.control.clearLog()
  const pages = async () => (await sandbox.control.log()).filter(({ path }) => path.includes('/audit/')).length
  expect((await sessionsOf(dana, id)).length).toBeGreaterThan(150)
  expect(await pages()).toBe(2)
  await logrocket.set({ entries: [{ session: { name: 'Nora' } }] })
  const [first] = await sessionsOf(dana, id)
  expect(await pages()).toBe(3)
  expect(Date.parse(first?.updatedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
})

test.each([
  ['READY', 'ready'],
  ['COMPLETE', 'ready'],
  ['FAILED', 'failed'],
])('what LogRocket calls %s is %s', async (outcome, state) => {
  const { dana, id } = await connected()
  const session = await firstSession(dana, id)
  await logrocket.set({ highlights: { seconds: 0, outcome } })
  const { id: report } = ReportView.parse((await order(dana, session, { user: 'nora@customer.example' })).body)
  await sandbox.control.clock(1)
  expect((await dana.get(`${reportsPath(dana, session)}/${report}`, ReportView)).body.state).toBe(state)
})

test('what cannot be asked is told: nobody named, a plan without it, a role that only looks, a session of elsewhere', async () => {
  const { dana, id } = await connected()
  const session = await firstSession(dana, id)
  expect((await order(dana, session, { user: ' ' })).body).toMatchObject({
    errors: [{ detail: 'Whose sessions is needed.' }],
  })
  const remy = await member(dana, 'reviewer', 'Remy')
  expect((await order(remy, session, { user: 'nora@customer.example' })).status).toBe(403)
  expect((await order(dana, { ...session, id: `x${session.id}` }, { user: 'nora@customer.example' })).status).toBe(404)
  expect((await dana.get(`${reportsPath(dana, session)}/nope`)).status).toBe(404)
  expect(await asked('POST')).toEqual([])
  await logrocket.set({ features: { app: 'acme/web', highlights: false } })
  expect((await order(dana, session, { user: 'nora@customer.example' })).body).toMatchObject({
    detail: 'LogRocket writes no highlights for this project. They come with its Pro and Enterprise plans.',
  })
})

test('a project that is turned off takes its sessions and what is written about them along', async () => {
  const { dana, id } = await connected()
  const session = await firstSession(dana, id)
  const board = await newBoard(dana)
  await paste(dana, board, session.url)
  await dana.patch(dana.at(`connections/${id}/resources/project/${session.containerId}`), { onBoards: false })
  expect(await cardsOf(dana, board)).toMatchObject([{ state: 'not_shared' }])
  expect(await sessionsOf(dana, id)).toEqual([])
  expect((await order(dana, session, { user: 'nora@customer.example' })).status).toBe(404)
})

test('leaving asks nothing of LogRocket and says where the key is deleted', async () => {
  const { dana, id } = await connected()
  await sandbox.control.clearLog()
  expect((await dana.delete(dana.at(`connections/${id}`))).body).toMatchObject({
    revocation: 'not_offered',
    detail: 'Key deleted here. It works elsewhere until you revoke it at app.logrocket.com/r/settings/general.',
  })
  expect(await sandbox.control.log()).toEqual([])
})
