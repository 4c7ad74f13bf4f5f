import { Refusal } from '#sandbox/atlassian/access.ts'
import { type Account, memberOf, siteUrl } from '#sandbox/atlassian/state.ts'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { failure } from './refusal.ts'
import { timestamp, userShape } from './shapes.ts'
import { issueOf, type JiraContext, projectOf } from './state.ts'

const wholeUser = (context: JiraContext, account: Account) => ({
  ...userShape(context, account),
  locale: 'en_GB',
  groups: { size: 2, items: [] },
  applicationRoles: { size: 1, items: [] },
  expand: 'groups,applicationRoles',
})

/** GET /rest/api/3/myself: the one read that nobody may make without signing in. */
export function showMyself(_call: Call, _params: Params, context: JiraContext): Answer {
  const { account } = context.caller
  if (!account)
    throw new Refusal(401, { message: 'Client must be authenticated to access this resource.', 'status-code': 401 })
  context.spend(2)
  return json(200, wholeUser(context, account))
}

/** GET /rest/api/3/user?accountId= */
export function showUser(call: Call, _params: Params, context: JiraContext): Answer {
  const id = call.query.get('accountId') ?? ''
  const account = context.state.accounts.find((one) => one.id === id)
  if (!account || !memberOf(context.caller.site, account.email))
    throw failure(404, 'Specified user does not exist or you do not have required permissions')
  context.spend(2)
  return json(200, wholeUser(context, account))
}

/** GET /rest/api/3/serverInfo: `displayUrlConfluence` is a setting, and says nothing of whether Confluence is there. */
export function showServer(_call: Call, _params: Params, { caller, state }: JiraContext): Answer {
  const baseUrl = siteUrl(state.world, caller.site)
  return json(200, {
    baseUrl,
    displayUrl: baseUrl,
    displayUrlServicedeskHelpCenter: baseUrl,
    displayUrlConfluence: baseUrl,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_287,
    buildDate: '2026-11-18T04:12:31.000+0000',
    serverTime: timestamp(state.world.clock.now()),
    scmInfo: '1f51473f5c7b75c1a69a0090f4832cdc5053702a',
    serverTitle: 'Jira',
    defaultLocale: { locale: 'en_GB' },
    serverTimeZone: 'Etc/UTC',
  })
}

const PERMISSIONS: Readonly<Record<string, { id: string; name: string; type: string; isAdmin?: true }>> = {
  BROWSE_PROJECTS: { id: '10', name: 'Browse Projects', type: 'PROJECT' },
  EDIT_ISSUES: { id: '12', name: 'Edit Issues', type: 'PROJECT' },
  ADMINISTER: { id: '0', name: 'Administer Jira', type: 'GLOBAL', isAdmin: true },
}

/** GET /rest/api/3/mypermissions?permissions= */
export function showPermissions(call: Call, _params: Params, context: JiraContext): Answer {
  const names = (call.query.get('permissions') ?? '').split(',').filter(Boolean)
  if (names.length === 0) throw failure(400, 'The permissions query parameter is required.')
  const { query } = call
  const [project, issue] = [query.get('projectKey') ?? query.get('projectId'), query.get('issueKey')]
  if (project && !projectOf(context, project)) throw failure(404, `No project could be found with key '${project}'.`)
  if (issue && !issueOf(context, issue))
    throw failure(404, 'Issue does not exist or you do not have permission to see it.')
  context.spend(2 * names.length)
  const permissions = names.map((key) => {
    const known = PERMISSIONS[key]
    if (!known) throw failure(400, `Unrecognized permission: ${key}`)
    const { isAdmin, ...about } = known
    const { member } = context.caller
    const havePermission = member !== null && (!isAdmin || member.isAdmin)
    return [key, { ...about, key, description: known.name, havePermission }]
  })
  return json(200, { permissions: Object.fromEntries(permissions) })
}
