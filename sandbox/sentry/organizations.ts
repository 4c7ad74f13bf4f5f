import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import {
  type Context,
  forbidden,
  notFound,
  reaches,
  readable,
  readableProject,
  requireRead,
  signedIn,
} from './access.ts'
import {
  detailedOrganization,
  fullProject,
  listedOrganization,
  regionUrl,
  shownOrganization,
  shownProject,
  shownUser,
} from './organization-shapes.ts'
import { listed } from './paging.ts'
import { projectsOf } from './state.ts'

type Endpoint = Handler<Context>

/** GET /api/0/: nobody has to be signed in. */
export const showIndex: Endpoint = (_call, _params, { caller }) =>
  json(200, {
    version: '0',
    auth: caller.token && { scopes: caller.token.scopes },
    user: caller.user && shownUser(caller.user),
  })

/** GET /auth/: the person whose token it is. */
export const showAuth: Endpoint = (call, _params, { caller }) => {
  signedIn(call, caller)
  if (!caller.user) throw forbidden()
  return json(200, shownUser(caller.user))
}

/** GET /users/me/regions/: where a person's organizations are. */
export const listRegions: Endpoint = (call, _params, { state, caller }) => {
  const token = signedIn(call, caller)
  if (!caller.user) throw forbidden()
  const mine = state.organizations.filter((one) => reaches(state, token, one))
  if (mine.some(({ hasLinks }) => !hasLinks)) throw notFound()
  const urls = new Set(mine.map((one) => regionUrl(state, one)))
  return json(200, { regions: [...urls].map((url) => ({ name: /\bde\b/.test(url) ? 'de' : 'us', url })) })
}

/** GET /organizations/: an organization's own token gets that one alone. */
export const listOrganizations: Endpoint = (call, _params, { state, caller }) => {
  const token = signedIn(call, caller)
  requireRead(token, 'org')
  const mine = state.organizations.filter((one) => !one.isElsewhere && reaches(state, token, one))
  return listed(call, state, mine, (one) => listedOrganization(state, one))
}

/** GET /organizations/{org}/ */
export const showOrganization: Endpoint = (call, { org = '' }, context) => {
  const organization = readable(call, context, org, 'org')
  const show = call.query.get('detailed') === '0' ? shownOrganization : detailedOrganization
  return json(200, show(context.state, organization))
}

/** GET /organizations/{org}/projects/ */
export const listProjects: Endpoint = (call, { org = '' }, context) => {
  const organization = readable(call, context, org, 'org')
  const words = (call.query.get('query') ?? '').toLowerCase()
  const found = projectsOf(context.state, organization.slug)
    .filter(({ slug, name }) => `${slug} ${name.toLowerCase()}`.includes(words))
    .toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
  return listed(call, context.state, found, (project) => shownProject(context.state, project))
}

/** GET /projects/{org}/{project}/ */
export const showProject: Endpoint = (call, { org = '', project: name = '' }, context) => {
  const organization = readable(call, context, org, 'project')
  const project = readableProject(context.state, organization, name)
  return json(200, fullProject(context.state, organization, project))
}
