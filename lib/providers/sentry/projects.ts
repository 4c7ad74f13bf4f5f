import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { readProjectId } from './ids.ts'
import { projectLink } from './links.ts'
import { readPage } from './paging.ts'

const ENOUGH = 20
const MAX_PAGES = 10

const Project = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string().nullish(),
  platform: z.string().nullish(),
  environments: z.array(z.string()).nullish(),
  teams: z.array(z.object({ slug: z.string() })).nullish(),
})
type Project = z.infer<typeof Project>

function toResource(api: Api, { id, slug, name, platform, environments, teams }: Project): Resource {
  const title = name || slug
  return {
    kind: 'project',
    id,
    title,
    url: `${api.config.web ?? ''}/projects/${slug}/`,
    excerpt: platform || undefined,
    body: {
      slug,
      platform: platform ?? '',
      environments: environments ?? [],
      teams: (teams ?? []).map((team) => team.slug),
    },
  }
}

/** A page of the projects that the token can see (docs.sentry.io/api/organizations/list-an-organizations-projects). */
export const projectPage = (api: Api, cursor?: string) =>
  readPage(api, '/projects/', { schema: z.array(Project), query: { per_page: 100 }, cursor })

/** The projects that `isMeant`, page after page until there are enough of them. */
async function find(api: Api, isMeant: (project: Project) => boolean, enough: number, cursor?: string): Promise<Page> {
  const items: Resource[] = []
  let next = cursor
  for (let pages = 0; pages < MAX_PAGES && items.length < enough; pages++) {
    const page = await projectPage(api, next)
    items.push(...page.value.filter(isMeant).map((project) => toResource(api, project)))
    next = page.nextCursor
    if (!next) break
  }
  return { items, nextCursor: next }
}

function search(api: Api, query: string, cursor?: string): Promise<Page> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const isMeant = ({ name, slug }: Project) =>
    words.every((word) => `${slug} ${name ?? ''}`.toLowerCase().includes(word))
  return find(api, isMeant, ENOUGH, cursor)
}

/** A project by its number, or by the slug that a link has. */
async function read(api: Api, id: string): Promise<Resource> {
  const wanted = readProjectId(id)
  const { items } = await find(api, (project) => project.id === wanted || project.slug === wanted, 1)
  const [found] = items
  if (!found) throw new ProviderFailure('not_found')
  return found
}

export const projects: Reader = {
  kind: 'project',
  name: 'Project',
  children: ['issue'],
  list: async (api, { cursor }) => {
    const { value, nextCursor } = await projectPage(api, cursor)
    return { items: value.map((project) => toResource(api, project)), nextCursor }
  },
  search: (api, query, { cursor }) => search(api, query, cursor),
  read,
  match: projectLink,
}
