import { resolve } from '#sandbox/git/repository.ts'
import { type Context, permissionOf } from './access.ts'
import { fullRepository, repositoryPage, repositoryUrl } from './repository-shapes.ts'
import { nodeId, simpleUser } from './shapes.ts'
import type { Issue, Repository, State } from './state.ts'

export type Pull = Issue & { pull: NonNullable<Issue['pull']> }

const COLORS: Record<string, string> = {
  bug: 'd73a4a',
  enhancement: 'a2eeef',
  documentation: '0075ca',
  security: 'b60205',
  performance: 'fbca04',
}

/** An issue or pull request as lists and searches show it. */
export function shownIssue(state: State, repository: Repository, issue: Issue) {
  const api = repositoryUrl(state, repository)
  const url = `${api}/issues/${issue.number}`
  const html = `${repositoryPage(state, repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`
  const id = repository.id * 1000 + issue.number
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id,
    node_id: nodeId('Issue', id),
    number: issue.number,
    title: issue.title,
    user: simpleUser(state, issue.user),
    labels: shownLabels(api, issue),
    state: issue.state,
    locked: false,
    assignee: issue.assignees[0] === undefined ? null : simpleUser(state, issue.assignees[0]),
    assignees: issue.assignees.map((login) => simpleUser(state, login)),
    milestone: null,
    comments: 0,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: issue.user === repository.owner ? 'OWNER' : 'MEMBER',
    active_lock_reason: null,
    body: issue.body,
    closed_by: null,
    pinned_comment: null,
    state_reason: issue.state === 'closed' ? 'completed' : null,
    ...(issue.pull && {
      pull_request: {
        url: `${api}/pulls/${issue.number}`,
        html_url: html,
        diff_url: `${html}.diff`,
        patch_url: `${html}.patch`,
      },
    }),
  }
}

function shownLabels(api: string, issue: Issue) {
  return issue.labels.map((name) => {
    const id = 208_045_000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
    return {
      id,
      node_id: nodeId('Label', id),
      url: `${api}/labels/${name}`,
      name,
      description: null,
      color: COLORS[name] ?? 'ededed',
      default: name in COLORS,
    }
  })
}

/** A pull request as its list shows it. */
export async function shownPull(context: Context, repository: Repository, issue: Pull) {
  const { state, caller } = context
  const shown = shownIssue(state, repository, issue)
  const api = repositoryUrl(state, repository)
  const { head, base, isDraft, mergedAt } = issue.pull
  const url = `${api}/pulls/${issue.number}`
  const full = await fullRepository(state, repository, permissionOf(state, caller.account?.login, repository))
  const side = async (ref: string) => ({
    label: `${repository.owner}:${ref}`,
    ref,
    sha: (await resolve(repository.git, ref))?.sha ?? '0'.repeat(40),
    user: simpleUser(state, repository.owner),
    repo: full,
  })
  const [from, to] = await Promise.all([side(head), side(base)])
  const addresses = {
    self: url,
    html: shown.html_url,
    issue: shown.url,
    comments: shown.comments_url,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${from.sha}`,
  }
  return {
    url,
    id: shown.id,
    node_id: nodeId('PullRequest', shown.id),
    html_url: shown.html_url,
    diff_url: `${shown.html_url}.diff`,
    patch_url: `${shown.html_url}.patch`,
    issue_url: addresses.issue,
    commits_url: addresses.commits,
    review_comments_url: addresses.review_comments,
    review_comment_url: addresses.review_comment,
    comments_url: addresses.comments,
    statuses_url: addresses.statuses,
    number: issue.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: shown.user,
    body: issue.body,
    labels: shown.labels,
    milestone: null,
    active_lock_reason: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: mergedAt,
    merge_commit_sha: mergedAt === null ? null : to.sha,
    assignee: shown.assignee,
    assignees: shown.assignees,
    requested_reviewers: [],
    requested_teams: [],
    head: from,
    base: to,
    _links: Object.fromEntries(Object.entries(addresses).map(([name, href]) => [name, { href }])),
    author_association: shown.author_association,
    auto_merge: null,
    draft: isDraft,
  }
}
