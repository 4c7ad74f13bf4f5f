import { beforeEach, expect, test } from 'vitest'
import { configure } from '#lib/connections/configure.ts'
import { ProviderView } from '#lib/connections/schema.ts'
import { findTypedHomes } from '#lib/connections/typed-homes.ts'
import { withClockShifted } from '#lib/platform/clock.ts'
import { providers } from '#lib/providers/registry.ts'
import { matchLink } from '#lib/resources/match-link.ts'
import { ResourceList, type ResourceView, SearchAnswer, SourceAnswer } from '#lib/resources/schema.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { boardWith, newBoard, onlyCard, paste } from '#tests/support/boards.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { slackClient } from '#tests/support/sandbox-slack.ts'
import { allowMeetings, connectSource, type SourceId } from '#tests/support/sources.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const MINUTE_MS = 60_000
const sandbox = withSandbox()
const sources = providers.map(({ id }) => id as SourceId) // each can be connected: each-source-search.test.ts
type Through = Record<SourceId, string>

let dana: Viewer
let through: Through
beforeEach(async () => {
  dana = await ownerOf(await newOrganization())
  const connected: [SourceId, string][] = []
  // one after the other: of two consents to one app, the later says what both may do
  for (const id of sources) connected.push([id, (await connectSource(dana, id)).id])
  through = Object.fromEntries(connected) as Through // one for each of them
  await allowMeetings(dana.actor, through.zoom, 'Carrier portal')
  await sandbox.control.set({ provider: 'slack', invite: { channel: 'engineering' } })
})

const list = async (source: SourceId, query: Record<string, string>): Promise<ResourceView[]> => {
  const path = `connections/${through[source]}/resources?${new URLSearchParams(query)}`
  return (await dana.get(dana.at(path), ResourceList)).body.items
}
function named(items: readonly ResourceView[], title: string): ResourceView {
  const found = items.find((one) => one.title.includes(title))
  if (!found) throw new Error(`no ${title} among ${items.map((one) => one.title).join(', ')}`)
  return found
}
const firstOf = (items: readonly ResourceView[]): ResourceView => named(items, '')

type Pasted = { kind: string; state: string; title: string | undefined; looks: string | undefined }

/** What becomes of a pasted address: the kind of its card, and what it says. */
async function pasted(url: string): Promise<Pasted> {
  const card = await onlyCard(dana, (await boardWith(dana, url)).board)
  const { title, looks } = card.resource ?? {}
  return { kind: `${card.provider} ${card.kind}`, state: card.state, title, looks }
}
const live = (kind: string, title: string, looks?: string): Pasted => ({ kind, state: 'live', title, looks })

test('T-PAL-6 GitHub’s addresses: repository, file, directory, issue, pull request', async () => {
  const home = 'https://github.com/acme/api'
  const [issue] = await list('github', {
    kind: 'issue',
    parent: named(await list('github', { kind: 'repository' }), 'acme/api').id,
  })
  const pulls = await list('github', {
    kind: 'pull_request',
    parent: named(await list('github', { kind: 'repository' }), 'acme/api').id,
  })
  const pull = firstOf(pulls)
  expect(await pasted(home)).toEqual(live('github repository', 'acme/api'))
  expect(await pasted(`${home}/blob/main/src/main.ts#L1-L3`)).toMatchObject({ kind: 'github file', state: 'live' })
  expect(await pasted(`${home}/tree/main/src`)).toMatchObject({ kind: 'github directory', state: 'live' })
  expect(await pasted(issue?.url ?? '')).toEqual(live('github issue', issue?.title ?? ''))
  expect(await pasted(pull.url)).toEqual(live('github pull_request', pull.title))
})

test('T-PAL-6 Jira’s addresses: issue, board, project, query; Confluence’s: page, short link, space', async () => {
  const home = `${sandbox.url}/atlassian-site/acme`
  const issue = 'ORD-102 Replay a dead letter from the admin page'
  for (const at of [home, 'https://acme.atlassian.net']) {
    expect(await pasted(`${at}/browse/ORD-102`)).toEqual(live('jira issue', issue, 'ticket'))
    expect(await pasted(`${at}/jira/software/projects/ORD/boards/1`)).toEqual(live('jira board', 'Orders'))
    expect(await pasted(`${at}/browse/ORD`)).toEqual(live('jira project', 'Orders'))
    expect(await pasted(`${at}/issues/?jql=project%20%3D%20ORD`)).toMatchObject({ kind: 'jira issue_search' })
    const page = live('confluence page', 'Replaying dead letters')
    expect(await pasted(`${at}/wiki/spaces/ENG/pages/98452/Replaying+dead+letters`)).toEqual(page)
    expect(await pasted(`${at}/wiki/x/lIAB`)).toEqual(page)
    expect(await pasted(`${at}/wiki/spaces/ENG/overview`)).toEqual(live('confluence space', 'Engineering'))
  }
})

test('T-PAL-6 Slack’s addresses: channel, message, answer in a thread', async () => {
  const home = 'https://acme-corp.slack.com/archives'
  const channel = named(await list('slack', { kind: 'channel' }), '#engineering')
  const messages = await list('slack', { kind: 'message', parent: channel.id })
  const asked = messages.find(({ body }) => Number(body?.replies) > 0) ?? firstOf([])
  for (const url of [channel.url, `${home}/${channel.id}`])
    expect(await pasted(url)).toEqual(live('slack channel', '#engineering'))
  const [, ts = ''] = asked.id.split('~')
  for (const url of [asked.url, `${home}/${channel.id}/p${ts.replace('.', '')}`])
    expect(await pasted(url)).toMatchObject({ kind: 'slack message', state: 'live', title: asked.title })
  const slack = slackClient(sandbox.url)
  const { access_token: token } = await slack.install()
  const { messages: thread } = await slack.call('conversations.replies', token, { channel: channel.id, ts })
  const { ts: answered, text } = thread[1]
  const answer = await pasted(`${home}/${channel.id}/p${answered.replace('.', '')}?thread_ts=${ts}&cid=${channel.id}`)
  expect(answer).toMatchObject({ kind: 'slack message', state: 'live', title: text })
})

test('T-PAL-6 Sentry’s addresses: issue by id and by short id, event, project', async () => {
  const project = named(await list('sentry', { kind: 'project' }), 'api')
  const issue = firstOf(await list('sentry', { kind: 'issue', parent: project.id }))
  const event = firstOf(await list('sentry', { kind: 'event', parent: issue.id }))
  const shortId = String(issue.body?.shortId)
  const [, eventId = ''] = event.id.split('.')
  for (const home of ['https://acme.sentry.io', 'https://sentry.io/organizations/acme']) {
    expect(await pasted(`${home}/issues/${issue.id}/?project=1`)).toEqual(live('sentry issue', issue.title, 'error'))
    expect(await pasted(`${home}/issues/${shortId}/`)).toEqual(live('sentry issue', issue.title, 'error'))
    expect(await pasted(`${home}/issues/${issue.id}/events/${eventId}/`)).toMatchObject({
      kind: 'sentry event',
      state: 'live',
    })
    expect(await pasted(`${home}/projects/api/`)).toEqual(live('sentry project', 'api'))
  }
})

test('T-PAL-6 Google Docs’ addresses: document; Notion’s: page, database', async () => {
  const document = named(await list('google-docs', { kind: 'document' }), 'Launch checklist')
  const [file = ''] = document.id.split('~')
  for (const url of [document.url, `https://docs.google.com/document/u/1/d/${file}/edit?usp=sharing#heading=h.1`])
    expect(await pasted(url)).toEqual(live('google-docs document', document.title, 'page'))
  const database = named(await list('notion', { kind: 'database' }), 'Product roadmap')
  const page = firstOf(await list('notion', { kind: 'page' }))
  for (const home of ['https://www.notion.so/acme', 'https://acme.notion.site']) {
    const at = ({ id }: ResourceView) => `${home}/${id.replaceAll('-', '')}`
    expect(await pasted(`${at(database)}?v=1`)).toEqual(live('notion database', database.title, 'found'))
    expect(await pasted(at(page))).toMatchObject({ kind: 'notion page', state: 'live', title: page.title })
  }
})

test('T-PAL-6 Bitbucket’s addresses: repository, directory, file, pull request; of what is off nothing is told', async () => {
  for (const at of [`${sandbox.url}/bitbucket-web`, 'https://bitbucket.org']) {
    const home = `${at}/acme/label-printer`
    const pull = '#1 Labels for parcels without a house number'
    expect(await pasted(home)).toEqual(live('bitbucket repository', 'acme/label-printer'))
    for (const end of ['/', ''])
      expect(await pasted(`${home}/src/main/printer${end}`)).toEqual(live('bitbucket directory', 'printer'))
    expect(await pasted(`${home}/src/main/README.md#lines-2:3`)).toEqual(live('bitbucket file', 'README.md'))
    expect(await pasted(`${home}/pull-requests/1/diff`)).toEqual(live('bitbucket pull_request', pull))
    const closed = await paste(dana, await newBoard(dana), `${at}/acme/payroll-exports/src/main/README.md`)
    expect([closed.status, JSON.stringify(closed.body)]).toEqual([403, expect.not.stringMatching(/payroll|README/)])
  }
})

test('T-PAL-6 OpenRouter’s addresses: model', async () => {
  const model = named(await list('openrouter', { kind: 'model' }), 'GPT-4o-mini')
  expect(await pasted('https://openrouter.ai/openai/gpt-4o-mini')).toEqual(live('openrouter model', model.title))
})

test('T-PAL-6 Zoom’s addresses: a meeting by its number, once an admin allows it, and until then why not', async () => {
  const meeting = named(await list('zoom', { kind: 'meeting', switches: '1' }), 'Incident review')
  const home = `connections/${through.zoom}/resources/meeting/${meeting.id}`
  const addresses = [meeting.url, `https://zoom.us/j/${meeting.id}`, `https://us02web.zoom.us/j/${meeting.id}?pwd=x.1`]
  const { body } = await paste(dana, await newBoard(dana), meeting.url)
  expect(body).toMatchObject({ type: '/problems/not-on-boards' })
  expect((await dana.patch(dana.at(home), { onBoards: true })).status).toBe(200)
  for (const url of addresses) expect(await pasted(url)).toEqual(live('zoom meeting', meeting.title))
})

test('T-PAL-6 LogRocket’s addresses: a replay, whoever viewed it or nobody, and the project', async () => {
  const home = 'https://app.logrocket.com/acme/web'
  const session = firstOf(await list('logrocket', { kind: 'session' }))
  expect(await pasted(session.url)).toEqual(live('logrocket session', session.title))
  const unseen = `${home}/s/6-0193b1f2-1111-7222-8333-444455556666/0?t=100`
  expect(await pasted(unseen)).toMatchObject({ kind: 'logrocket session', state: 'live' })
  expect(await pasted(home)).toEqual(live('logrocket project', 'acme/web'))
  const foreign = await pasted(session.url.replace('/acme/web/', '/globex/portal/'))
  expect(foreign).toMatchObject({ state: 'no_access', title: undefined })
})

const plainly = async (viewer: Viewer, query: string): Promise<SourceAnswer[]> =>
  (await viewer.get(viewer.at(`search?${query}`), SearchAnswer)).body.sources

/** The same search as lines, in the order in which they came. */
async function inLines(viewer: Viewer, query: string): Promise<SourceAnswer[]> {
  const headers = { cookie: viewer.cookie, accept: 'application/x-ndjson' }
  const response = await dispatch(ownRequest('GET', viewer.at(`search?${query}`), { headers }))
  const lines = (await response.text()).trim().split('\n')
  return lines.map((line) => SourceAnswer.parse(JSON.parse(line)))
}
const byProvider = (answers: readonly SourceAnswer[]) => new Map(answers.map((one) => [one.provider, one]))

test('a search asks every connected source, and says the same in JSON as in lines', async () => {
  const whole = await plainly(dana, 'q=api')
  const asked = whole.filter(({ connectionId }) => connectionId !== null)
  expect(asked.map(({ provider, state }) => [provider, state])).toEqual(sources.map((id) => [id, 'ok']))
  const lines = await inLines(dana, 'q=api')
  expect(byProvider(lines)).toEqual(byProvider(whole))
  expect(lines).toHaveLength(whole.length)
  const found = (id: SourceId) => whole.find(({ provider }) => provider === id)?.items.map(({ kind }) => kind) ?? []
  expect(found('github')).toContain('repository')
  expect(found('sentry')).toEqual(expect.arrayContaining(['project', 'issue']))
})

test('T-PAL-3 whichever is dead, the others find what they found before', async () => {
  // what is asked once for each of them is no limit of theirs
  await sandbox.control.set({ provider: 'notion', rate: { perSecond: 1_000, burst: 10_000 } })
  await sandbox.control.set({ provider: 'slack', limits: { 'conversations.list': 10_000 } })
  const before = byProvider(await plainly(dana, 'q=a'))
  for (const id of sources) expect(before.get(id)?.items, id).not.toEqual([])
  for (const [at, dead] of sources.entries()) {
    await sandbox.control.faults([{ provider: dead, path: '/**', drop: true }])
    // each so much later that nothing of the search before is kept any more
    const after = byProvider(await withClockShifted((at + 1) * 6 * MINUTE_MS, () => plainly(dana, 'q=a')))
    expect(after.get(dead), dead).toMatchObject({ state: 'unavailable', items: [] })
    for (const id of sources.filter((one) => one !== dead))
      expect(after.get(id), `${id} without ${dead}`).toEqual(before.get(id))
    await sandbox.control.clearFaults()
  }
})

test('T-PAL-3 a source that is dead or slow costs the others nothing: they answer before it', async () => {
  const before = byProvider(await plainly(dana, 'q=general'))
  await sandbox.control.faults([
    { provider: 'slack', path: '/**', delayMs: 1_500 },
    { provider: 'sentry', path: '/**', drop: true },
  ])
  const lines = await inLines(dana, 'q=general')
  expect(lines.at(-1)).toMatchObject({ provider: 'slack', state: 'ok' })
  const answers = byProvider(lines)
  expect(answers.get('sentry')).toMatchObject({ state: 'unavailable', items: [] })
  for (const id of sources.filter((one) => one !== 'sentry')) expect(answers.get(id)).toEqual(before.get(id))
})

test('a member finds in the organization’s sources what an admin finds', async () => {
  const org = await newOrganization()
  const owner = await ownerOf(org)
  for (const id of ['slack', 'openrouter'] as const) await connectSource(owner, id)
  const priya = await joins(org, 'member', 'Priya')
  const titles = async (viewer: Viewer) =>
    (await plainly(viewer, 'q=de')).map(({ provider, items }) => [provider, items.map(({ title }) => title)])
  expect(await titles(priya)).toEqual(await titles(owner))
  expect(JSON.stringify(await titles(priya))).toContain('#deploys')
})

const searchOf = async (viewer: Viewer): Promise<ProviderView['kinds'][number] | undefined> =>
  (await viewer.get(viewer.at('integrations/slack'), ProviderView)).body.kinds.find(({ id }) => id === 'message')
const calls = async (method: string) =>
  (await sandbox.control.log()).filter(({ path }) => path.endsWith(`/${method}`)).length

test('messages are searched only while an admin has it on and it was granted; until then nothing is asked', async () => {
  const finds = async () => (await plainly(dana, 'q=retries&kind=message')).flatMap(({ items }) => items.length)
  expect(await searchOf(dana)).toMatchObject({ search: 'on_demand', searchClosed: 'Message search is off.' })
  expect(await finds()).toEqual([0])
  expect(await dana.get(dana.at(`connections/${through.slack}/resources?kind=message&q=retries`))).toMatchObject({
    status: 422,
  })
  await configure(dana.actor, 'slack', { options: { message_search: true } })
  expect(await searchOf(dana)).toMatchObject({
    searchClosed: 'Message search is on, but Slack has not been connected again since.',
  })
  expect(await calls('search.messages')).toBe(0)
  await connectSource(dana, 'slack')
  expect(await searchOf(dana)).not.toHaveProperty('searchClosed')
  expect((await finds())[0]).toBeGreaterThan(0)
  await configure(dana.actor, 'slack', { options: { message_search: false } })
  await sandbox.control.clearLog()
  expect(await finds()).toEqual([0])
  expect(await calls('search.messages')).toBe(0)
})

test('an address on an installation of one’s own is known where somebody typed that one, and nowhere else', async () => {
  const other = await ownerOf(await newOrganization())
  const home = { baseUrl: 'https://sentry.acme.test' }
  await asSuperuser((client) =>
    client.query('UPDATE "Connection" SET config = config || $2 WHERE id = $1', [through.sentry, home]),
  )
  const url = `${home.baseUrl}/organizations/acme/issues/6507376925/`
  const match = async ({ actor }: Viewer, text: string) => matchLink(text, await findTypedHomes(actor))
  expect(await match(dana, url)).toEqual({ provider: 'sentry', kind: 'issue', id: '6507376925' })
  expect(await match(dana, url.replace('acme.test', 'acme.test.evil.example'))).toBeNull()
  expect(await match(other, url)).toBeNull()
  const workspace = (host: string) => matchLink(`https://${host}/app/acme/workspaces/prod`, [enterprise])?.id
  const enterprise = { provider: 'terraform', base: 'https://tfe.acme.test' }
  const ids = ['tfe.acme.test', 'app.terraform.io', 'app.eu.terraform.io'].map(workspace)
  expect(ids).toEqual(['own~acme~prod', '~acme~prod', 'eu~acme~prod'])
  const problemFor = async (viewer: Viewer) => {
    const { body } = await paste(viewer, await newBoard(viewer), url)
    return (body as { type?: string }).type
  }
  expect(await problemFor(other)).toBe('/problems/link-not-recognized')
  expect(await problemFor(dana)).not.toBe('/problems/link-not-recognized')
})
