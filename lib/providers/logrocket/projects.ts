import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { readAccess } from './identify.ts'
import { ownApp, projectId, readProjectId } from './ids.ts'
import { projectAddress, projectLink } from './links.ts'

/** The connection's one project; what there is of it is asked each time, so that a dead key shows nothing. */
async function readOwn(api: Api): Promise<Resource> {
  const app = ownApp(api.config)
  const { hasAuditLog } = await readAccess(api)
  return {
    kind: 'project',
    id: projectId(app),
    title: `${app.org}/${app.project}`,
    url: projectAddress(api),
    body: {
      description: hasAuditLog
        ? 'Sessions that were viewed in the last 30 days, with their replays. LogRocket has no list of all of them.'
        : 'Its plan has no audit log, so no sessions are listed. A pasted replay link still becomes a card.',
    },
  }
}

export const projects: Reader = {
  kind: 'project',
  name: 'Project',
  children: ['session'],
  list: async (api) => ({ items: [await readOwn(api)] }),
  search: async (api, query) => {
    const { org, project } = ownApp(api.config)
    const name = `${org}/${project}`.toLowerCase()
    const words = query.toLowerCase().split(/\s+/).filter(Boolean)
    return { items: words.every((word) => name.includes(word)) ? [await readOwn(api)] : [] }
  },
  read: async (api, id) => {
    readProjectId(id, api.config)
    return readOwn(api)
  },
  match: projectLink,
}
