import { type Commit, resolve } from '#sandbox/git/repository.ts'
import { Refused } from '#sandbox/provider.ts'
import { commitRef, shownCommit } from './commits.ts'
import { shownPull } from './pulls.ts'
import { linked, personBy, rendered, repositoryBody, repositoryPage, repositoryUrl } from './shapes.ts'
import { accountOf, type Repository, type State } from './state.ts'

/** What happened: `change` is what a push did to its branch, `number` a pull request's. */
export type Happening = {
  event: string
  branch?: string | undefined
  change: 'updated' | 'created' | 'closed'
  isTruncated: boolean
  number?: number | undefined
  actor: string
}

/** What a delivery tells (support.atlassian.com/bitbucket-cloud/docs/event-payloads). */
export async function payloadOf(state: State, repository: Repository, happening: Happening): Promise<object> {
  const { event, actor } = happening
  if (!accountOf(state, actor)) throw new Refused(`no account ${actor}`)
  const about = { repository: repositoryBody(state, repository), actor: personBy(state, actor) }
  if (event === 'repo:push') return { push: await pushOf(state, repository, happening), ...about }
  if (event.startsWith('pullrequest:')) {
    const pull = repository.pulls.find(({ id }) => id === (happening.number ?? repository.pulls.at(-1)?.id))
    if (!pull) throw new Refused(`no pull request ${happening.number ?? ''}`)
    return { ...about, pullrequest: await shownPull(state, repository, pull) }
  }
  if (event !== 'repo:updated') return about
  return { ...about, changes: { description: { old: '', new: repository.description } } }
}

async function pushOf(state: State, repository: Repository, { branch, change, isTruncated }: Happening) {
  const name = branch ?? (await repository.git.defaultBranch())
  const head = await resolve(repository.git, name)
  if (!head) throw new Refused(`no branch ${name}`)
  const before = head.parents[0] === undefined ? null : await repository.git.commit(head.parents[0])
  const url = repositoryUrl(state, repository)
  const shown = (commit: Commit) => ({
    ...shownCommit(state, repository, commit),
    summary: rendered(commit.message),
    rendered: {},
    properties: {},
  })
  // The commit a branch points at comes with fewer links than the commits that were pushed.
  const target = (commit: Commit) => ({ ...shown(commit), links: commitRef(state, repository, commit.sha).links })
  const side = (commit: Commit | null) =>
    commit && {
      name,
      target: target(commit),
      links: linked({
        self: `${url}/refs/branches/${name}`,
        commits: `${url}/commits/${name}`,
        html: `${repositoryPage(state, repository)}/branch/${name}`,
      }),
      type: 'branch',
      merge_strategies: ['merge_commit', 'squash', 'fast_forward'],
      default_merge_strategy: 'merge_commit',
    }
  const isClosed = change === 'closed'
  const range = `${head.sha}..${before?.sha ?? ''}`
  const one = {
    old: isClosed ? side(head) : change === 'created' ? null : side(before),
    new: isClosed ? null : side(head),
    truncated: isTruncated,
    created: change === 'created',
    forced: false,
    closed: isClosed,
    links: linked({
      commits: `${url}/commits?include=${head.sha}`,
      diff: `${url}/diff/${range}`,
      html: `${repositoryPage(state, repository)}/branches/compare/${range}`,
    }),
    commits: isClosed ? [] : [shown(head)],
  }
  return { changes: [one] }
}
