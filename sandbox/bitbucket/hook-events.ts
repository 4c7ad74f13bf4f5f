import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, notFound } from './access.ts'
import { numbered } from './paging.ts'
import { apiUrl, linked } from './shapes.ts'

type HookEvent = { category: string; description: string; event: string; label: string }

const event = (category: string, name: string, label: string, description: string): HookEvent => ({
  category,
  description,
  event: name,
  label,
})

/** What a hook can listen to (support.atlassian.com/bitbucket-cloud/docs/event-payloads). */
export const EVENTS: readonly HookEvent[] = [
  event('Repository', 'repo:push', 'Push', 'Whenever a repository push occurs'),
  event('Repository', 'repo:fork', 'Fork', 'Whenever a repository fork occurs'),
  event('Repository', 'repo:imported', 'Import', 'Whenever a repository import occurs'),
  event('Repository', 'repo:updated', 'Updated', 'Whenever a repository is updated'),
  event('Repository', 'repo:commit_comment_created', 'Commit comment created', 'Whenever a commit is commented on'),
  event('Repository', 'repo:commit_status_created', 'Build status created', 'Whenever a build status is created'),
  event('Repository', 'repo:commit_status_updated', 'Build status updated', 'Whenever a build status is updated'),
  event('Pull Request', 'pullrequest:created', 'Created', 'Whenever a pull request is created'),
  event('Pull Request', 'pullrequest:updated', 'Updated', 'Whenever a pull request is updated'),
  event('Pull Request', 'pullrequest:approved', 'Approved', 'Whenever a pull request is approved'),
  event('Pull Request', 'pullrequest:unapproved', 'Approval removed', 'Whenever an approval is removed'),
  event('Pull Request', 'pullrequest:fulfilled', 'Merged', 'Whenever a pull request is merged'),
  event('Pull Request', 'pullrequest:rejected', 'Declined', 'Whenever a pull request is declined'),
  event('Pull Request', 'pullrequest:comment_created', 'Comment created', 'Whenever a pull request is commented on'),
  event('Pull Request', 'pullrequest:comment_updated', 'Comment updated', 'Whenever a comment is changed'),
  event('Pull Request', 'pullrequest:comment_deleted', 'Comment deleted', 'Whenever a comment is deleted'),
]

const SUBJECTS = ['repository', 'workspace'] as const

/** GET /hook_events, for anybody */
export const listSubjects: Handler<Context> = (_call, _params, { state }) =>
  json(
    200,
    Object.fromEntries(
      SUBJECTS.map((subject) => [subject, { links: linked({ events: `${apiUrl(state)}/hook_events/${subject}` }) }]),
    ),
  )

/** GET /hook_events/{subject}, for anybody */
export const listEvents: Handler<Context> = (call, { subject }, { state }) => {
  if (!SUBJECTS.some((one) => one === subject)) throw notFound('Resource not found')
  return numbered(call, state, EVENTS, (one) => one, { usual: 30 })
}

/** The scope that reading what an event tells of needs. */
export const scopeOf = (name: string): string =>
  name.startsWith('pullrequest:') ? 'read:pullrequest:bitbucket' : 'read:repository:bitbucket'
