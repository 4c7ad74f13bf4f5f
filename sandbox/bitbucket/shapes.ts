import { history, resolve, walk } from '#sandbox/git/repository.ts'
import {
  type Account,
  API,
  accountOf,
  named,
  type Project,
  type Repository,
  type State,
  timestamp,
  WEB,
  type Workspace,
} from './state.ts'

/** Where the API is, `/2.0` included. */
export const apiUrl = (state: State): string => `${state.world.url}${API}/2.0`
/** Where the pages are. */
export const webUrl = (state: State): string => `${state.world.url}${WEB}`
/** `workspace/repository` */
export const fullName = ({ workspace, slug }: Repository): string => `${workspace}/${slug}`
/** A repository in the API. */
export const repositoryUrl = (state: State, one: Repository): string => `${apiUrl(state)}/repositories/${fullName(one)}`
/** A repository’s page. */
export const repositoryPage = (state: State, one: Repository): string => `${webUrl(state)}/${fullName(one)}`

/** Addresses as `links` holds them. */
export const linked = <Name extends string>(addresses: Record<Name, string>): Record<Name, { href: string }> =>
  Object.fromEntries(Object.entries(addresses).map(([name, href]) => [name, { href }])) as Record<
    Name,
    { href: string }
  > // fromEntries forgets the names

/** A person as other things name them. */
export function shownPerson(state: State, { name, nickname, uuid, accountId }: Account) {
  const id = encodeURIComponent(uuid)
  return {
    display_name: name,
    links: linked({
      self: `${apiUrl(state)}/users/${id}`,
      avatar: `${webUrl(state)}/account/${id}/avatar/`,
      html: `${webUrl(state)}/${id}/`,
    }),
    type: 'user',
    uuid,
    account_id: accountId,
    nickname,
  }
}

/** The same by e-mail address; null for somebody Bitbucket does not know. */
export function personBy(state: State, email: string | null) {
  const account = email === null ? undefined : accountOf(state, email)
  return account ? shownPerson(state, account) : null
}

/** A workspace as other things name it. */
export function workspaceRef(state: State, { uuid, name, slug }: Workspace) {
  return {
    type: 'workspace',
    uuid,
    name,
    slug,
    links: linked({
      avatar: `${webUrl(state)}/workspaces/${slug}/avatar/`,
      html: `${webUrl(state)}/${slug}/`,
      self: `${apiUrl(state)}/workspaces/${slug}`,
    }),
  }
}

/** A workspace in the place of an owner, where it is still called a team. */
export function shownOwner(state: State, { uuid, name, slug }: Workspace) {
  const id = encodeURIComponent(uuid)
  return {
    display_name: name,
    links: linked({
      self: `${apiUrl(state)}/workspaces/${id}`,
      avatar: `${webUrl(state)}/account/${slug}/avatar/`,
      html: `${webUrl(state)}/${id}/`,
    }),
    type: 'team',
    uuid,
    username: slug,
  }
}

/** A project as other things name it. */
export function projectRef(state: State, { uuid, key, name, workspace }: Project) {
  const page = `${webUrl(state)}/${workspace}/workspace/projects/${key}`
  return {
    type: 'project',
    key,
    uuid,
    name,
    links: linked({
      self: `${apiUrl(state)}/workspaces/${workspace}/projects/${key}`,
      html: page,
      avatar: `${page}/avatar/32`,
    }),
  }
}

/** A repository as other things name it. */
export function repositoryRef(state: State, repository: Repository) {
  return {
    type: 'repository',
    full_name: fullName(repository),
    links: linked({
      self: repositoryUrl(state, repository),
      html: repositoryPage(state, repository),
      avatar: `${webUrl(state)}/ravatar/${encodeURIComponent(repository.uuid)}`,
    }),
    name: repository.name,
    uuid: repository.uuid,
  }
}

/** What stands in webhooks and, with more, in answers about the repository itself. */
export function repositoryBody(state: State, repository: Repository) {
  const home = named(state.workspaces, repository.workspace)
  const project = state.projects.find(({ key, workspace }) => key === repository.project && workspace === home?.slug)
  return {
    ...repositoryRef(state, repository),
    scm: 'git',
    website: null,
    owner: home && shownOwner(state, home),
    workspace: home && workspaceRef(state, home),
    is_private: repository.isPrivate,
    project: project && projectRef(state, project),
  }
}

/** When a repository last changed: its settings, or the newest commit of any branch. */
export async function updatedOn({ git, changedOn, createdOn }: Repository): Promise<string> {
  const heads = await Promise.all((await git.branches()).map(({ sha }) => git.commit(sha)))
  const times = [createdOn, changedOn, ...heads.map((head) => head?.committer.date)]
  return timestamp(Math.max(...times.map((at) => Date.parse(at ?? createdOn))))
}

async function sizeOf({ git }: Repository): Promise<number> {
  const head = await resolve(git)
  if (!head) return 0
  const blobs = (await walk(git, head.tree)).filter(({ type }) => type === 'blob')
  const sizes = await Promise.all(blobs.map(({ sha }) => git.size(sha)))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** A repository as its own endpoint and the list of a workspace show it. */
export async function shownRepository(state: State, repository: Repository) {
  const [url, { links, ...body }] = [repositoryUrl(state, repository), repositoryBody(state, repository)]
  const host = new URL(webUrl(state)).host
  const branches = await repository.git.branches()
  return {
    ...body,
    links: {
      ...links,
      ...linked({
        pullrequests: `${url}/pullrequests`,
        commits: `${url}/commits`,
        forks: `${url}/forks`,
        watchers: `${url}/watchers`,
        branches: `${url}/refs/branches`,
        tags: `${url}/refs/tags`,
        downloads: `${url}/downloads`,
        source: `${url}/src`,
        hooks: `${url}/hooks`,
      }),
      clone: [
        { name: 'https', href: `${repositoryPage(state, repository)}.git` },
        { name: 'ssh', href: `git@${host}:${fullName(repository)}.git` },
      ],
    },
    slug: repository.slug,
    description: repository.description,
    fork_policy: repository.isPrivate ? 'no_public_forks' : 'allow_forks',
    created_on: timestamp(repository.createdOn),
    updated_on: await updatedOn(repository),
    size: await sizeOf(repository),
    language: repository.language,
    mainbranch: branches.length === 0 ? null : { name: await repository.git.defaultBranch(), type: 'branch' },
    override_settings: { default_merge_strategy: true, branching_model: true },
    parent: null,
    enforced_signed_commits: null,
  }
}

/** Text as `rendered` holds it. */
export const rendered = (raw: string) => ({
  type: 'rendered',
  raw,
  markup: 'markdown',
  html: raw === '' ? '' : `<p>${raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`,
})

/** The commits of every branch, newest first. */
export async function allCommits({ git }: Repository) {
  const found = new Map<string, NonNullable<Awaited<ReturnType<typeof git.commit>>>>()
  for (const { sha } of await git.branches()) {
    const head = await git.commit(sha)
    if (head) for await (const commit of history(git, head)) found.set(commit.sha, commit)
  }
  return [...found.values()].toSorted((a, b) => Date.parse(b.committer.date) - Date.parse(a.committer.date))
}
