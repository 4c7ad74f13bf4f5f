import { z } from 'zod'
import { plainText } from '#lib/providers/atlassian-document.ts'
import { siteUrl } from '#lib/providers/atlassian-site.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { ProjectId } from './ids.ts'
import { projectLink } from './links.ts'
import { readPage } from './paging.ts'

/** What is read of a project (developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects). */
const Project = z.object({
  key: z.string(),
  name: z.string(),
  description: z.unknown().optional(),
  projectTypeKey: z.string().nullish(),
  lead: z.object({ displayName: z.string().nullish() }).nullish().catch(null),
  archived: z.boolean().nullish(),
  isPrivate: z.boolean().nullish(),
})
type Project = z.infer<typeof Project>

const types: Record<string, string> = {
  software: 'Software',
  service_desk: 'Service management',
  business: 'Business',
  product_discovery: 'Product discovery',
}

function toResource(api: Api, project: Project): Resource {
  const { key, name, description, projectTypeKey, lead, archived, isPrivate } = project
  const about = plainText(description)
  return {
    kind: 'project',
    id: ProjectId.write(api, key),
    title: name,
    url: `${siteUrl(api.config)}/browse/${encodeURIComponent(key)}`,
    excerpt: about || key,
    ...(isPrivate ? { isPrivate } : {}),
    body: {
      key,
      description: about,
      type: types[projectTypeKey ?? ''] ?? '',
      lead: lead?.displayName ?? '',
      state: archived ? 'archived' : 'live',
    },
  }
}

async function page(api: Api, query: { query?: string }, cursor?: string): Promise<Page> {
  const { values, nextCursor } = await readPage(api, '/rest/api/3/project/search', {
    item: Project,
    query: { status: 'live', orderBy: 'name', ...query },
    cursor,
  })
  return { items: values.map((project) => toResource(api, project)), ...(nextCursor ? { nextCursor } : {}) }
}

export const projects: Reader = {
  kind: 'project',
  name: 'Project',
  children: ['issue', 'board'],
  list: (api, { cursor }) => page(api, {}, cursor),
  search: (api, query, { cursor }) => page(api, { query }, cursor),
  read: async (api, id) =>
    toResource(api, await api(`/rest/api/3/project/${ProjectId.read(api, id)}`, { schema: Project })),
  match: projectLink,
}
