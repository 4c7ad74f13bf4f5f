import { languageOf } from './languages.ts'
import { apiUrl, nodeId, simpleUser, webUrl } from './shapes.ts'
import { organizationOf, type Permission, type Repository, type State, timestamp } from './state.ts'

const REPOSITORY_LINKS = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
}

export const repositoryUrl = (state: State, { owner, name }: Repository): string =>
  `${apiUrl(state.world)}/repos/${owner}/${name}`
export const repositoryPage = (state: State, { owner, name }: Repository): string =>
  `${webUrl(state.world)}/${owner}/${name}`

/** The part of a repository that code search shows too. */
export function minimalRepository(state: State, repository: Repository) {
  const url = repositoryUrl(state, repository)
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    owner: simpleUser(state, repository.owner),
    private: repository.isPrivate,
    html_url: repositoryPage(state, repository),
    description: repository.description,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(REPOSITORY_LINKS).map(([name, path]) => [`${name}_url`, url + path])),
  }
}

/** When a repository last got a commit; an empty one, when it was made. */
export async function lastPush(repository: Repository): Promise<string> {
  const tips = await Promise.all((await repository.git.branches()).map(({ sha }) => repository.git.commit(sha)))
  const dates = tips.flatMap((tip) => (tip ? [tip.committer.date] : []))
  return timestamp(Date.parse(dates.sort().at(-1) ?? repository.createdAt))
}

/** A repository as the lists show it; without a permission the caller is anonymous. */
export async function fullRepository(state: State, repository: Repository, permission: Permission | null) {
  const page = repositoryPage(state, repository)
  const open = repository.issues.filter((issue) => issue.state === 'open').length
  const pushedAt = await lastPush(repository)
  return {
    ...minimalRepository(state, repository),
    git_url: `git://${page.replace(/^https?:\/\//, '')}.git`,
    ssh_url: `git@github.com:${repository.owner}/${repository.name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: repository.homepage,
    language: await languageOf(repository.git),
    forks_count: 0,
    stargazers_count: repository.stars,
    watchers_count: repository.stars,
    size: 108,
    default_branch: await repository.git.defaultBranch(),
    open_issues_count: open,
    is_template: false,
    topics: repository.topics,
    has_issues: true,
    has_projects: true,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    archived: repository.isArchived,
    disabled: false,
    visibility: repository.isPrivate ? 'private' : 'public',
    pushed_at: pushedAt,
    created_at: repository.createdAt,
    updated_at: pushedAt,
    ...(permission && {
      permissions: { admin: permission === 'admin', push: permission !== 'pull', pull: true },
    }),
    license: license(state, repository),
    forks: 0,
    open_issues: open,
    watchers: repository.stars,
  }
}

/** A repository as GET /repos/{owner}/{repo} shows it. */
export async function detailedRepository(state: State, repository: Repository, permission: Permission | null) {
  return {
    ...(await fullRepository(state, repository, permission)),
    has_discussions: false,
    allow_rebase_merge: true,
    template_repository: null,
    temp_clone_token: null,
    allow_squash_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: true,
    allow_merge_commit: true,
    allow_forking: true,
    subscribers_count: 3,
    network_count: 0,
    ...(organizationOf(state, repository.owner) && { organization: simpleUser(state, repository.owner) }),
  }
}

function license(state: State, { license: spdx }: Repository) {
  if (spdx === null) return null
  const key = spdx.toLowerCase()
  return {
    key,
    name: `${spdx} License`,
    url: `${apiUrl(state.world)}/licenses/${key}`,
    spdx_id: spdx,
    node_id: nodeId('License', key),
  }
}
