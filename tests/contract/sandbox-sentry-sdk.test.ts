import {
  listAnIssue_sEvents,
  listAnOrganization_sIssues,
  listAnOrganization_sProjects,
  listAProject_sErrorEvents,
  resolveAShortId,
  retrieveAnIssue,
  retrieveAnIssueEvent,
  retrieveAnOrganization,
} from '@sentry/api'
import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'

const sentry = await newSandbox(sentryClient)

/** What the official client is given for each call: where, and as whom. */
const as = (token: string) => ({ baseUrl: sentry.base, headers: { authorization: `Bearer ${token}` } })
const acme = { organization_id_or_slug: 'acme' }

test('the official client reads the organization, its projects, an issue and its latest event', async () => {
  const call = as(await sentry.tokenFor())
  const organization = await retrieveAnOrganization({ ...call, path: acme, query: { detailed: '0' } })
  expect(organization.data).toMatchObject({
    slug: 'acme',
    name: 'Acme',
    links: { organizationUrl: expect.any(String) },
  })
  const projects = await listAnOrganization_sProjects({ ...call, path: acme })
  const api = projects.data?.find(({ slug }) => slug === 'api')
  const list = await listAnOrganization_sIssues({
    ...call,
    path: acme,
    query: { project: [Number(api?.id)], query: '', limit: 5, sort: 'date', statsPeriod: '14d' },
  })
  expect(list.data?.map(({ project }) => project?.slug)).toEqual(Array(5).fill('api'))
  const id = list.data?.[0]?.id ?? ''
  const issue = await retrieveAnIssue({ ...call, path: { ...acme, issue_id: id } })
  expect(issue.data).toMatchObject({ id, count: expect.any(String), userCount: expect.any(Number) })
  const event = await retrieveAnIssueEvent({ ...call, path: { ...acme, issue_id: Number(id), event_id: 'latest' } })
  expect(event.data).toMatchObject({ groupID: id, eventID: expect.stringMatching(/^[0-9a-f]{32}$/) })
})

test('the official client goes from page to page by the cursor of the link, until it has no results', async () => {
  const call = as(await sentry.tokenFor())
  const seen: string[] = []
  let cursor: string | undefined
  let pages = 0
  do {
    const { data, response } = await listAnOrganization_sIssues({
      ...call,
      path: acme,
      query: { query: '', limit: 10, ...(cursor === undefined ? {} : { cursor }) },
    })
    seen.push(...(data ?? []).flatMap(({ id }) => id ?? []))
    const [, next = ''] = /rel="previous".*?,\s*(<.*)$/.exec(response?.headers.get('link') ?? '') ?? []
    cursor = next.includes('results="true"') ? /cursor="([^"]+)"/.exec(next)?.[1] : undefined
    pages += 1
  } while (cursor !== undefined)
  expect(pages).toBeGreaterThan(1)
  expect(new Set(seen).size).toBe(seen.length)
})

test('the official client resolves a short id, and lists the events of its issue and of a project', async () => {
  const call = as(await sentry.tokenFor())
  const { data } = await resolveAShortId({ ...call, path: { ...acme, issue_id: 'API-1' } })
  expect(data).toMatchObject({ organizationSlug: 'acme', projectSlug: 'api', shortId: 'API-1' })
  const ofIssue = await listAnIssue_sEvents({ ...call, path: { ...acme, issue_id: Number(data?.groupId) } })
  expect(ofIssue.data?.[0]).toMatchObject({ groupID: data?.groupId, 'event.type': 'error' })
  const ofProject = await listAProject_sErrorEvents({ ...call, path: { ...acme, project_id_or_slug: 'api' } })
  expect(ofProject.data?.length).toBeGreaterThan(0)
})

test('to the official client a refusal is an error with its detail, and nothing else', async () => {
  const noIssues = as(await sentry.tokenFor({ scopes: ['org:read', 'project:read'] }))
  const closed = await listAnOrganization_sIssues({ ...noIssues, path: acme })
  expect([closed.response?.status, closed.error, closed.data]).toEqual([
    403,
    { detail: 'You do not have permission to perform this action.' },
    undefined,
  ])
  const nobody = await listAnOrganization_sProjects({ ...as('sntryi_nobody'), path: acme })
  expect([nobody.response?.status, nobody.error]).toEqual([401, { detail: 'Invalid token' }])
  const elsewhere = await retrieveAnOrganization({
    ...as(await sentry.tokenFor()),
    path: { organization_id_or_slug: 'nobody-here' },
  })
  expect(elsewhere.response?.status).toBe(404)
})

test('a token of continuous integration reads no issues', async () => {
  const call = as(await sentry.tokenFor({ kind: 'organization' }))
  const { response } = await listAnOrganization_sIssues({ ...call, path: acme })
  expect(response?.status).toBe(403)
})
