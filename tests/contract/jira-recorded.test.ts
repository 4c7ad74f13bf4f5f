import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { countIssues } from '#lib/providers/jira/find-issues.ts'
import { jira } from '#lib/providers/jira/provider.ts'
import { jiraApi, jiraReader, lathe } from '#tests/support/atlassian-api.ts'
import { type Reply, serve } from '#tests/support/loopback.ts'

// Answers of the real service, kept outside the project: <provider>/<name>.json, each { status, headers, body },
// beside the checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/jira`
const isAbsent = !existsSync(folder)
const recorded = (name: string): Reply => {
  const { status, body } = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
  return { status, body }
}

const [projects, issues, boards, sprints, searches] = ['project', 'issue', 'board', 'sprint', 'issue_search'].map(
  jiraReader,
)
if (!projects || !issues || !boards || !sprints || !searches) throw new Error('a reader is missing')
const identify = (api: Api) => jira.identify(api, { token: 't', config: lathe })
const sites = (api: Api) => jira.sites?.(api)
const SITES = '/oauth/token/accessible-resources'

/** Where each answer is met, and what the product does there. */
const met: Record<string, { on: string; use: (api: Api) => unknown }> = {
  'accessible-resources': { on: `GET ${SITES}`, use: sites },
  'accessible-resources-jsm-site': { on: `GET ${SITES}`, use: sites },
  'accessible-resources-two-sites': { on: `GET ${SITES}`, use: sites },
  myself: { on: 'GET /rest/api/3/myself', use: identify },
  'search-projects': { on: 'GET /rest/api/3/project/search', use: (api) => projects.list(api, {}) },
  'get-project': { on: 'GET /rest/api/3/project/EX', use: (api) => projects.read(api, 'lathe.EX') },
  'get-issue': { on: 'GET /rest/api/3/issue/ED-1', use: (api) => issues.read(api, 'lathe.ED-1') },
  'search-jql-get': { on: 'GET /rest/api/3/search/jql', use: (api) => issues.list(api, { parent: 'lathe.HSP' }) },
  'search-jql-post': { on: 'GET /rest/api/3/search/jql', use: (api) => searches.search(api, 'project = HSP', {}) },
  'approximate-count': {
    on: 'POST /rest/api/3/search/approximate-count',
    use: (api) => countIssues(api, 'project = HSP'),
  },
  'agile-board-list': { on: 'GET /rest/agile/1.0/board', use: (api) => boards.list(api, {}) },
  'agile-board-get': { on: 'GET /rest/agile/1.0/board/84', use: (api) => boards.read(api, 'lathe.84') },
  'agile-sprint-list': {
    on: 'GET /rest/agile/1.0/board/84/sprint',
    use: (api) => sprints.list(api, { parent: 'lathe.84' }),
  },
}

const use = async (name: string): Promise<unknown> => {
  const { on = '', use: work } = met[name] ?? {}
  const board = { 'GET /rest/agile/1.0/board/84': recorded('agile-board-get') }
  const { api } = await jiraApi({ ...board, [on]: recorded(name) })
  return work?.(api)
}

describe('answers of the real service', () => {
  test.skipIf(isAbsent).each(Object.keys(met))('%s is read', async (name) => {
    const value = await use(name)
    const items = value && typeof value === 'object' && 'items' in value ? value.items : [value].flat()
    if (!Array.isArray(items) || items.length === 0) throw new Error('nothing was read')
    for (const one of items.filter((item) => item?.kind)) expect(one.id).toMatch(/^lathe\.[A-Za-z0-9._~-]+$/)
    expect(items).not.toContain(undefined)
  })

  test.skipIf(isAbsent)('a project’s and an issue’s cards are made of the recorded ones', async () => {
    expect(await use('get-project')).toMatchObject({
      title: 'Example',
      excerpt: 'This project was created as an example for REST.',
      body: { key: 'EX', lead: 'Mia Krystof' },
    })
    expect(await use('get-issue')).toMatchObject({
      id: 'lathe.ED-1',
      container: 'Example',
      excerpt: 'Main order flow broken',
    })
  })

  test.skipIf(isAbsent)('the sprints are those of the recorded board, with their days in UTC', async () => {
    expect(await use('agile-sprint-list')).toMatchObject({
      nextCursor: '2',
      items: [
        { id: 'lathe.84.37', title: 'sprint 1', body: { state: 'closed', startsAt: '2015-04-11T05:22:00.000Z' } },
        { id: 'lathe.84.72', title: 'sprint 2' },
      ],
    })
  })

  test.skipIf(isAbsent)('of two sites each can be chosen, and says where it is', async () => {
    expect(await use('accessible-resources-two-sites')).toMatchObject([
      { label: 'Site name 2', config: { siteUrl: 'https://your-domain2.atlassian.net' } },
      { label: 'Site name 1', config: { cloudId: '1324a887-45db-1bf4-1e99-ef0ff456d421' } },
    ])
  })

  test.skipIf(isAbsent)('the recorded refusal of a refresh token is final', async () => {
    const { url } = await serve(() => recorded('token-refresh-invalid-grant'))
    const method = jira.auth.find((one) => one.type === 'oauth2')
    if (method?.type !== 'oauth2') throw new Error('Jira has no consent page')
    const grant = { token: 't', refreshToken: 'r' }
    await expect(
      refreshGrant({ method, endpoint: url, client: { id: 'c', secret: 's' }, grant }),
    ).rejects.toMatchObject({ code: 'invalid_grant', isFinal: true })
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    // What the product does not ask for (yet).
    const unasked =
      'agile-board-configuration agile-board-projects issue-comments mypermissions server-info token-refresh-invalid-grant user-identity-me webhook-delivery-issue-updated webhook-failed-list webhook-list webhook-refresh webhook-register'
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.filter((name) => !(name in met) && !unasked.split(' ').includes(name))).toEqual([])
  })
})
