import { resolve } from '#sandbox/git/repository.ts'
import { shownIssue, shownPull } from './issue-shapes.ts'
import { fullRepository, repositoryPage } from './repository-shapes.ts'
import { simpleOrganization, simpleUser } from './shapes.ts'
import { type Hook, type Issue, organizationOf, type Repository, type State, timestamp } from './state.ts'

const NOBODY = { account: null, token: null, scopes: new Set<string>() }
const OLD_NAME = 'former-name'

/** What GitHub would say about a repository in an event; `ageSeconds` lets it have happened earlier. */
export async function payloadOf(
  state: State,
  repository: Repository,
  hook: Hook,
  { event, action, number, ageSeconds = 0 }: { event: string; action?: string; number?: number; ageSeconds?: number },
): Promise<Record<string, unknown>> {
  const at = timestamp(state.world.clock.now() - ageSeconds * 1000)
  const organization = organizationOf(state, repository.owner)
  const actor = organization?.members[0]?.login ?? repository.owner
  const common = {
    repository: { ...(await fullRepository(state, repository, null)), updated_at: at, pushed_at: at },
    ...(organization && { organization: simpleOrganization(state, organization) }),
    sender: simpleUser(state, actor),
  }
  const issue = repository.issues.find((one) =>
    number === undefined ? (one.pull !== null) === (event === 'pull_request') : one.number === number,
  )
  switch (event) {
    case 'ping':
      return {
        zen: 'Keep it logically awesome.',
        hook_id: hook.id,
        hook: { type: 'Repository', id: hook.id, name: 'web' },
        ...common,
      }
    case 'push':
      return {
        ...(await push(state, repository, at)),
        ...common,
        pusher: { name: actor, email: `${actor}@example.com` },
      }
    case 'pull_request':
      return { action: action ?? 'opened', ...(await pullRequest(state, repository, issue, at)), ...common }
    case 'issues':
      return {
        action: action ?? 'opened',
        ...(issue && { issue: { ...shownIssue(state, repository, issue), updated_at: at } }),
        ...common,
      }
    case 'repository':
      return {
        action: action ?? 'renamed',
        ...(action === undefined || action === 'renamed'
          ? { changes: { repository: { name: { from: repository.formerNames[0] ?? OLD_NAME } } } }
          : {}),
        ...common,
      }
    case 'meta':
      return {
        action: 'deleted',
        hook_id: hook.id,
        hook: { type: 'Repository', id: hook.id, name: 'web', active: true },
        ...common,
      }
    default:
      return { action: action ?? 'created', ...common }
  }
}

async function push(state: State, repository: Repository, at: string) {
  const head = await resolve(repository.git)
  const page = repositoryPage(state, repository)
  const before = head?.parents[0] ?? '0'.repeat(40)
  const commit = head && {
    id: head.sha,
    tree_id: head.tree,
    distinct: true,
    message: head.message,
    timestamp: at,
    url: `${page}/commit/${head.sha}`,
    author: { name: head.author.name, email: head.author.email },
    committer: { name: head.committer.name, email: head.committer.email },
    added: [],
    removed: [],
    modified: ['README.md'],
  }
  return {
    ref: `refs/heads/${await repository.git.defaultBranch()}`,
    before,
    after: head?.sha ?? before,
    created: false,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${page}/compare/${before.slice(0, 12)}...${(head?.sha ?? before).slice(0, 12)}`,
    commits: commit ? [commit] : [],
    head_commit: commit,
  }
}

async function pullRequest(state: State, repository: Repository, issue: Issue | undefined, at: string) {
  if (!issue?.pull) return {}
  const context = { state, caller: NOBODY, version: '2022-11-28', path: '' }
  const shown = await shownPull(context, repository, { ...issue, pull: issue.pull })
  return { number: issue.number, pull_request: { ...shown, updated_at: at } }
}
