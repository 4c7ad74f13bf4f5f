import { z } from 'zod'
import { setShared } from '#sandbox/atlassian/control.ts'
import { parsed, shared } from '#sandbox/atlassian/control-input.ts'
import { accountOf, type State } from '#sandbox/atlassian/state.ts'
import { Refused } from '#sandbox/provider.ts'
import type { Data, Page, Space } from './state.ts'

const Site = z.string().default('acme')
const Email = z.email()

/** What control can set: what it shares with Jira, and pages and spaces. */
const Input = z.strictObject({
  provider: z.literal('confluence'),
  ...shared,
  /** The page with this id is changed; without one a new one is made in `space`. */
  page: z
    .strictObject({
      site: Site,
      id: z.string().optional(),
      space: z.string().default('ENG'),
      title: z.string().optional(),
      body: z.string().optional(),
      parentId: z.string().nullable().optional(),
      by: Email.default('dana@acme.example'),
      status: z.enum(['current', 'archived', 'draft']).optional(),
      labels: z.array(z.string()).optional(),
      /** Who may view it; null is everybody who sees the space. */
      readers: z.array(Email).nullable().optional(),
    })
    .optional(),
  removePage: z.strictObject({ site: Site, id: z.string() }).optional(),
  /** As many further pages, `<prefix> 1` and on. */
  fill: z
    .strictObject({ site: Site, space: z.string(), prefix: z.string(), count: z.number().int().min(1).max(10_000) })
    .optional(),
  space: z
    .strictObject({
      site: Site,
      key: z.string(),
      name: z.string().optional(),
      members: z.array(Email).nullable().optional(),
      status: z.enum(['current', 'archived']).optional(),
    })
    .optional(),
})
type Input = z.infer<typeof Input>

/** POST /__sandbox/set for Confluence; answers what it made. */
export function set(state: State, data: Data, input: unknown): unknown {
  const { provider: _, page, removePage, fill, space, ...settings } = parsed(Input, input)
  const made = setShared(state, 'confluence', settings)
  const now = state.world.clock.now()
  if (space) {
    const { site, key, ...about } = space
    Object.assign(knownSpace(data, site, key), about)
  }
  if (removePage) {
    const gone = knownPage(data, removePage.site, removePage.id)
    data.pages = data.pages.filter((one) => one !== gone)
  }
  for (let number = 1; fill && number <= fill.count; number += 1)
    addPage(data, knownSpace(data, fill.site, fill.space), `${fill.prefix} ${number}`, { by: 'dana@acme.example', now })
  const changed = page && setPage(state, data, page)
  return { ok: true, ...made, ...(changed && { page: { id: changed.id, version: changed.version } }) }
}

function knownSpace(data: Data, site: string, key: string): Space {
  const space = data.spaces.find((one) => one.site === site && one.key === key)
  if (space) return space
  throw new Refused(`no space ${key} on ${site}`)
}

function knownPage(data: Data, site: string, id: string): Page {
  const page = data.pages.find((one) => one.site === site && one.id === id)
  if (page) return page
  throw new Refused(`no page ${id} on ${site}`)
}

function addPage(data: Data, { site, key }: Space, title: string, { by, now }: { by: string; now: number }): Page {
  data.nextId += 1
  const page: Page = {
    id: String(data.nextId),
    site,
    space: key,
    title,
    body: '',
    parentId: null,
    author: by,
    updatedBy: by,
    createdAt: now,
    updatedAt: now,
    version: 1,
    message: '',
    status: 'current',
    labels: [],
    readers: null,
  }
  data.pages.push(page)
  return page
}

function setPage(state: State, data: Data, input: NonNullable<Input['page']>): Page {
  const { site, id, space, by, ...about } = input
  if (!accountOf(state, by)) throw new Refused(`no account ${by}`)
  const now = state.world.clock.now()
  if (id === undefined) return Object.assign(addPage(data, knownSpace(data, site, space), 'New', { by, now }), about)
  const page = Object.assign(knownPage(data, site, id), about)
  page.version += 1
  page.updatedAt = now
  page.updatedBy = by
  return page
}
