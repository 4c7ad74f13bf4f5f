import { endpoint } from '#sandbox/atlassian/product.ts'
import { router } from '#sandbox/route.ts'
import { listStatuses, searchProjects, showProject } from './projects.ts'
import { NEED } from './scopes.ts'
import { showMyself, showPermissions, showServer, showUser } from './site.ts'
import type { Data } from './state.ts'

const OPEN = true

/** The endpoints of Jira's API that are simulated. */
export const findEndpoint = router([
  endpoint<Data>('GET /rest/api/3/myself', showMyself, NEED.people),
  endpoint<Data>('GET /rest/api/3/user', showUser, NEED.people),
  endpoint<Data>('GET /rest/api/3/serverInfo', showServer, NEED.nothing, OPEN),
  endpoint<Data>('GET /rest/api/3/mypermissions', showPermissions, NEED.permissions, OPEN),
  endpoint<Data>('GET /rest/api/3/project/search', searchProjects, NEED.projects, OPEN),
  endpoint<Data>('GET /rest/api/3/project/{project}', showProject, NEED.projects, OPEN),
  endpoint<Data>('GET /rest/api/3/project/{project}/statuses', listStatuses, NEED.projects, OPEN),
])
