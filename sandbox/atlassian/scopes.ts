import type { Product } from './state.ts'

// developer.atlassian.com/cloud/jira/platform/scopes-for-oauth-2-3LO-and-forge-apps and its like for Jira Software and
// Confluence: the ones that concern reading, and a few that write.
const MEANINGS: Readonly<Record<string, string>> = {
  offline_access: 'Keep access while you are away',
  'read:me': 'View your profile details',
  'read:account': 'View user profiles',
  'read:jira-work': 'View Jira issue data: projects, issues and searches',
  'read:jira-user': 'View user profiles in Jira',
  'write:jira-work': 'Create and manage issues',
  'manage:jira-project': 'Manage project settings',
  'manage:jira-configuration': 'Manage Jira settings',
  'manage:jira-webhook': 'Manage Jira webhooks',
  'read:project:jira': 'View projects',
  'read:issue:jira': 'View issues',
  'read:issue-details:jira': 'View issue details',
  'read:issue-meta:jira': 'View issue meta',
  'read:jql:jira': 'View JQL',
  'read:comment:jira': 'View comments',
  'read:user:jira': 'View users',
  'read:application-role:jira': 'View application roles',
  'read:group:jira': 'View groups',
  'read:avatar:jira': 'View system and custom avatars',
  'read:field:jira': 'View fields',
  'read:status:jira': 'View statuses',
  'read:instance-configuration:jira': 'View instance configurations',
  'read:permission:jira': 'View permissions',
  'write:webhook:jira': 'Create and update webhooks',
  'read:webhook:jira': 'View webhooks',
  'delete:webhook:jira': 'Delete webhooks',
  'read:board-scope:jira-software': 'View boards',
  'read:board-scope.admin:jira-software': 'View board configuration',
  'read:sprint:jira-software': 'View sprints',
  'read:epic:jira-software': 'View epics',
  'read:confluence-content.summary': 'View summaries of content',
  'read:confluence-content.all': 'View all content',
  'read:confluence-space.summary': 'View summaries of spaces',
  'read:confluence-user': 'View user details',
  'write:confluence-content': 'Create and update content',
  'search:confluence': 'Search content and space summaries',
  'read:space:confluence': 'View spaces',
  'read:space-details:confluence': 'View space details',
  'read:page:confluence': 'View pages',
  'read:content-details:confluence': 'View content details',
  'read:content.metadata:confluence': 'View content summaries',
  'read:comment:confluence': 'View comments',
  'read:user:confluence': 'View user details',
  'write:page:confluence': 'Create and update pages',
}

/** Which of the scopes there are were added to the app in the developer console: those that only read, and webhooks. */
const ENABLED = new Set(
  Object.keys(MEANINGS).filter((scope) => /^(read|search):|^offline_access$/.test(scope) || /webhook/.test(scope)),
)

/** What a person reads about a scope on the consent page. */
export const meaning = (scope: string): string => MEANINGS[scope] ?? scope

/** The scopes of a space-separated list; null when one does not exist or was not added to the app. */
export function parseScopes(text: string, enabled: readonly string[] | null): string[] | null {
  const scopes = [...new Set(text.split(/\s+/).filter(Boolean))]
  // Offline access is asked for in the address only: the console does not know it.
  const isEnabled = (scope: string) =>
    scope === 'offline_access' || (enabled ? enabled.includes(scope) : ENABLED.has(scope))
  return scopes.every(isEnabled) ? scopes : null
}

/** Whether a scope opens something of a product. */
export const isOf = (product: Product, scope: string): boolean =>
  product === 'jira' ? /:jira\b/.test(scope) : scope.includes('confluence')

/** What a call takes: every classic scope named, or every granular one. An operation without classic ones takes granular ones only. */
export type Need = { classic?: readonly string[]; granular: readonly string[] }

/** Whether scopes are enough; null is a token that was made without scopes, which has no such walls. */
export function isEnough(scopes: readonly string[] | null, { classic, granular }: Need): boolean {
  if (scopes === null) return true
  const has = (scope: string) => scopes.includes(scope)
  return (classic?.every(has) ?? false) || granular.every(has)
}
