// Sentry for everyone through one pasted token: found, put on a board, seen by others, turned off, left.
import { expect, test } from 'vitest'
import { ConnectionView } from '#lib/connections/schema.ts'
import { ResourceList, SearchAnswer } from '#lib/resources/schema.ts'
import { cardsOf, newBoard, paste } from '#tests/support/boards.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const sentry = sentryClient(sandbox.url)

async function connected(): Promise<{ dana: TestPerson; id: string }> {
  const dana = await person('Dana')
  const fields = { organization: 'https://acme.sentry.io/issues/', token: await sentry.tokenFor() }
  const { body } = await dana.post(dana.at('connections'), {
    provider: 'sentry',
    slot: 'organization',
    method: 'api_key',
    fields,
  })
  const view = ConnectionView.parse(body)
  expect(view).toMatchObject({ status: 'connected', account: { label: 'Acme' } })
  return { dana, id: view.id }
}

const list = async (by: TestPerson, id: string, query: string) =>
  (await by.get(by.at(`connections/${id}/resources?${query}`), ResourceList)).body.items

/** A project, one of its issues and one of its events. */
async function chain(by: TestPerson, id: string) {
  const project = (await list(by, id, 'kind=project')).find(({ title }) => title === 'api')
  const issue = (await list(by, id, `kind=issue&parent=${project?.id}`)).find(({ body }) => body?.shortId === 'API-1')
  const event = (await list(by, id, `kind=event&parent=${issue?.id}`))[0]
  if (!project || !issue || !event) throw new Error('the simulated Sentry has all three')
  return { project, issue, event }
}

test('T-PAL-6: a link of each kind becomes its card, which another member sees as well', async () => {
  const { dana, id } = await connected()
  const priya = await member(dana, 'member', 'Priya')
  const { project, issue, event } = await chain(dana, id)
  const board = await newBoard(dana)
  for (const { url } of [project, issue, event]) expect((await paste(dana, board, url)).status).toBe(201)
  const short = 'https://acme.sentry.io/issues/API-1/?referrer=mail'
  expect((await paste(dana, board, short)).status).toBe(201)
  for (const viewer of [dana, priya]) {
    const seen = await cardsOf(viewer, board)
    expect(seen.map(({ state }) => state)).toEqual(Array(4).fill('live'))
    expect(seen.map(({ resource }) => resource?.title).toSorted()).toEqual(
      [project.title, issue.title, issue.title, event.title].toSorted(),
    )
  }
})

test('while Sentry is silent a project is switched off by its number alone, not by the slug of a link', async () => {
  const { dana, id } = await connected()
  const { project } = await chain(dana, id)
  const turn = (named: string) =>
    dana.patch(dana.at(`connections/${id}/resources/project/${named}`), { onBoards: false })
  await sandbox.control.faults([{ provider: 'sentry', path: '/**', status: 503, times: 50 }])
  expect((await turn(String(project.body?.slug))).status).toBe(502)
  expect((await turn(project.id)).body).toMatchObject({ id: project.id, onBoards: false })
})

test('what is typed finds projects and issues, also by short id', async () => {
  const { dana } = await connected()
  const found = async (q: string) =>
    (await dana.get(dana.at(`search?q=${encodeURIComponent(q)}`), SearchAnswer)).body.sources.flatMap(({ items }) =>
      items.map(({ kind, title }) => `${kind}: ${title}`),
    )
  expect(await found('worker')).toContain('project: worker')
  expect(await found('deadlock')).toContain('issue: DatabaseError: deadlock detected')
  expect(await found('API-1')).toContain('issue: DatabaseError: deadlock detected')
})

test('a project that is turned off takes its issues and events from boards, search and lists with it', async () => {
  const { dana, id } = await connected()
  const priya = await member(dana, 'member', 'Priya')
  const { project, issue, event } = await chain(dana, id)
  const board = await newBoard(dana)
  for (const { url } of [project, issue, event]) await paste(dana, board, url)
  const off = await dana.patch(dana.at(`connections/${id}/resources/project/${project.id}`), { onBoards: false })
  expect(off.status).toBe(200)
  const closed = await cardsOf(priya, board)
  expect(closed.map(({ state }) => state)).not.toContain('live')
  expect(JSON.stringify(closed)).not.toContain(issue.title)
  const titles = (await list(priya, id, 'kind=issue')).map(({ title }) => title)
  expect(titles.length).toBeGreaterThan(0)
  expect(titles).not.toContain(issue.title)
})

test('leaving asks nothing of Sentry, says where the token is ended, and closes every card', async () => {
  const { dana, id } = await connected()
  const { issue } = await chain(dana, id)
  const board = await newBoard(dana)
  await paste(dana, board, issue.url)
  const left = await dana.delete(dana.at(`connections/${id}`))
  expect(left.body).toMatchObject({
    revocation: 'not_offered',
    detail: 'Key deleted here. It works elsewhere until you revoke it at sentry.io/settings/.',
  })
  const [card] = await cardsOf(dana, board)
  expect(card?.state).not.toBe('live')
  expect(JSON.stringify(card)).not.toContain(issue.title)
})
