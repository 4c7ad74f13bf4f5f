import { describe, expect, test } from 'vitest'
import { createApi } from '#lib/providers/api.ts'
import type { Resource } from '#lib/providers/define.ts'
import type { Api, RateLimit } from '#lib/providers/define-api.ts'
import { sentry } from '#lib/providers/sentry/provider.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { sentryReader } from '#tests/support/sentry-api.ts'

const world = await newSandbox(sentryClient)

/** The API as a token of `acme`, once the organization was asked who it is. */
async function connect(token?: string): Promise<{ api: Api; limits: RateLimit[] }> {
  const grant = { token: token ?? (await world.tokenFor()), config: { organization: 'acme' } }
  const { api: base } = sentry.endpoints({ api: world.base }, grant.config)
  const limits: RateLimit[] = []
  const made = (config: Record<string, string>) =>
    createApi({ provider: sentry, grant, base, config, onLimit: (limit) => limits.push(limit) })
  const { config } = await sentry.identify(made(grant.config), grant)
  return { api: made({ ...grant.config, ...config }), limits }
}

const [projects, issues, events] = [sentryReader('project'), sentryReader('issue'), sentryReader('event')]
const titles = (items: readonly Resource[]) => items.map(({ title }) => title)
/** What a link of the sandbox's pages is as a link at Sentry. */
const atHome = (url: string): URL => new URL(url.replace(world.base, 'https://sentry.io'))
const matched = (kind: string, url: string) =>
  sentry.readers.find((one) => one.kind === kind)?.match?.(atHome(url)) ?? null

describe('through the simulated Sentry', () => {
  test('one goes from a project to its issues to their events, and each link leads back to its thing', async () => {
    const { api } = await connect()
    const { items } = await projects.list(api, {})
    const project = items.find(({ title }) => title === 'api')
    const inside = await issues.list(api, { parent: project?.id ?? '' })
    expect(new Set(inside.items.map(({ containerId }) => containerId))).toEqual(new Set([project?.id]))
    const issue = inside.items.find(({ body }) => body?.shortId === 'API-1')
    expect(issue).toMatchObject({ container: 'api', body: { level: 'error', assignees: ['Sam Okafor'] } })
    const [event] = (await events.list(api, { parent: issue?.id ?? '' })).items
    expect(await events.read(api, event?.id ?? '')).toMatchObject({ id: event?.id, containerId: project?.id })
    expect(matched('project', project?.url ?? '')).toBe('api')
    expect(matched('issue', issue?.url ?? '')).toBe(issue?.id)
    expect(matched('event', event?.url ?? '')).toBe(event?.id)
  })

  test('the list holds what is resolved and ignored as well as what is open', async () => {
    const { api } = await connect()
    const states = (await issues.list(api, {})).items.map(({ body }) => body?.state)
    expect(new Set(states)).toEqual(new Set(['unresolved', 'resolved', 'ignored']))
  })

  test('words, Sentry’s own search and a short id find', async () => {
    const { api } = await connect()
    const found = async (query: string) => (await issues.search(api, query, {})).items
    expect(titles(await found('deadlock detected'))).toEqual(['DatabaseError: deadlock detected'])
    const resolved = await found('is:resolved')
    expect(resolved.length).toBeGreaterThan(0)
    expect(resolved.map(({ body }) => body?.state)).toEqual(resolved.map(() => 'resolved'))
    expect((await found('api-1'))[0]?.body?.shortId).toBe('API-1')
    expect(await found('no such words anywhere')).toEqual([])
    expect(await found('is:')).toEqual([])
  })

  test('more than a page is read page by page, each issue once', async () => {
    const more = Array.from({ length: 230 }, (_, at) => ({ project: 'web', type: 'Flood', value: `drop ${at}` }))
    await world.set({ issues: more })
    const { api } = await connect()
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await issues.search(api, 'Flood', cursor === undefined ? {} : { cursor })
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect([ids.length, new Set(ids).size]).toEqual([230, 230])
  })

  test('an older installation that knows projects by number alone is asked by number', async () => {
    await world.set({ numericProjects: true })
    const { api } = await connect()
    const project = await projects.read(api, 'web')
    expect((await issues.list(api, { parent: project.id })).items.length).toBeGreaterThan(0)
  })

  test('an issue that has no address of its own gets one that leads to it', async () => {
    await world.set({ issues: [{ project: 'api', type: 'Quiet', value: 'no link', hasPermalink: false }] })
    const { api } = await connect()
    const [issue] = (await issues.search(api, 'no link', {})).items
    expect(issue?.url).toMatch(/^http:/)
    expect(matched('issue', issue?.url ?? '')).toBe(issue?.id)
    expect((await fetch(issue?.url ?? '')).status).toBe(200)
  })

  test('nothing of whom it happened to comes along, in any list or card', async () => {
    const { api } = await connect()
    const list = await issues.list(api, {})
    const all: unknown[] = [list]
    for (const { id } of list.items.slice(0, 3))
      all.push(await events.list(api, { parent: id }), await events.read(api, `${id}.latest`))
    const told = JSON.stringify(all).replaceAll(world.url, '')
    expect(told.match(/@(?:acme|customer|park)\.example|\d+\.\d+\.\d+\.\d+|Ada Bloom|cookie/) ?? []).toEqual([])
  })
})

describe('what the simulated Sentry refuses', () => {
  test('without the permission an issue and its events are a permission that is missing', async () => {
    const { api } = await connect(await world.tokenFor({ scopes: ['org:read', 'project:read'] }))
    for (const asked of [issues.list(api, {}), issues.read(api, 'API-1'), events.list(api, { parent: '1' })])
      await expect(asked).rejects.toMatchObject({ failure: 'scope', status: 403 })
    expect((await projects.list(api, {})).items.length).toBeGreaterThan(0)
  })

  test('a deleted token reads expired at once', async () => {
    const token = await world.tokenFor()
    const { api } = await connect(token)
    await world.control.revoke({ provider: 'sentry', token })
    await expect(projects.list(api, {})).rejects.toMatchObject({ failure: 'expired' })
  })

  test('the limit of an endpoint is told as it stands, and waited for to the end of its window', async () => {
    await world.set({ rateLimit: { limit: 3, windowSeconds: 30 } })
    const { api, limits } = await connect()
    for (const left of [2, 1, 0]) {
      await projects.list(api, {})
      expect(limits.at(-1)).toMatchObject({ limit: 3, remaining: left })
    }
    const failure = await projects.list(api, {}).catch((error: unknown) => error)
    expect(failure).toMatchObject({ failure: 'rate_limited', status: 429, retryAt: limits.at(-1)?.resetsAt })
    // another endpoint has a limit of its own
    expect((await issues.list(api, {})).items.length).toBeGreaterThan(0)
  })

  test('too many at once is a moment, not a window', async () => {
    const { api } = await connect()
    await world.set({ concurrentLimit: 0 })
    const failure = await projects.list(api, {}).catch((error: unknown) => error)
    expect(failure).toMatchObject({ failure: 'rate_limited' })
    const retryAt = failure instanceof Error && 'retryAt' in failure && failure.retryAt
    expect(retryAt instanceof Date && retryAt.getTime() - Date.now()).toBeLessThanOrEqual(2000)
  })

  test('a project that was removed, and an issue of another organization, are not found', async () => {
    const { api } = await connect()
    const { id } = await projects.read(api, 'web')
    await world.set({ removeProject: { slug: 'web' } })
    await expect(projects.read(api, id)).rejects.toMatchObject({ failure: 'not_found' })
    await expect(issues.read(api, '1')).rejects.toMatchObject({ failure: 'not_found' })
  })
})
