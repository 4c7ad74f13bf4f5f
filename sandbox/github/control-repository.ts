import type { z } from 'zod'
import { memoryRepository } from '#sandbox/git/memory.ts'
import { Refused } from '#sandbox/provider.ts'
import type { NewIssue, Parsed } from './control-input.ts'
import { type Issue, newId, type Repository, repositoryOf, type State, timestamp } from './state.ts'

/** Makes a repository or changes one; `renamedFrom` keeps its old name as one that redirects. */
export function setRepository(state: State, input: Parsed<'repository'>): Repository {
  const { owner, name, renamedFrom } = input
  const known = repositoryOf(state, owner, renamedFrom ?? name)
  const now = timestamp(state.world.clock.now())
  const repository = known ?? newRepository(newId(state), owner, name, now)
  if (!known) state.repositories.push(repository)
  if (renamedFrom !== undefined && renamedFrom !== name) repository.formerNames.push(renamedFrom)
  repository.name = name
  repository.isPrivate = input.private ?? repository.isPrivate
  repository.isArchived = input.archived ?? repository.isArchived
  repository.description = input.description ?? repository.description
  if (input.collaborators) {
    repository.grants = Object.fromEntries(
      input.collaborators.map((one) => (typeof one === 'string' ? [one, 'push'] : [one.login, one.permission])),
    )
  }
  if (input.files) commitFiles(repository, input, now)
  withIssues(repository, input.issues ?? [], now)
  return repository
}

function commitFiles(
  { owner, name, git }: Repository,
  { files = {}, message, branch }: Parsed<'repository'>,
  date: string,
): void {
  if (!git.commitTo) throw new Refused(`${owner}/${name} is a repository on disk: it is only read`)
  const changes = Object.entries(files).map(([path, content]) => ({ path, content }))
  git.commitTo(branch ?? 'main', {
    author: { name: owner, email: `${owner}@example.com`, date },
    message,
    changes,
    from: 'main',
  })
}

/** Adds issues to a repository; one with a known number replaces it, one without gets the next. */
export function withIssues(repository: Repository, issues: readonly z.infer<typeof NewIssue>[], now: string): void {
  const byNumber = new Map(repository.issues.map((issue) => [issue.number, issue]))
  let last = Math.max(0, ...byNumber.keys())
  for (const input of issues) {
    const number = input.number ?? last + 1
    last = Math.max(last, number)
    byNumber.set(number, issueOf({ ...input, number }, repository.owner, now))
  }
  repository.issues = [...byNumber.values()]
}

function issueOf(input: z.infer<typeof NewIssue> & { number: number }, owner: string, now: string): Issue {
  const { user, createdAt = now, updatedAt = createdAt, pull, ...rest } = input
  const isClosed = input.state === 'closed' || pull?.merged === true
  return {
    ...rest,
    user: user ?? owner,
    state: isClosed ? 'closed' : 'open',
    createdAt,
    updatedAt,
    closedAt: isClosed ? updatedAt : null,
    pull: pull
      ? { head: pull.head, base: pull.base, isDraft: pull.isDraft, mergedAt: pull.merged ? updatedAt : null }
      : null,
  }
}

/** A repository without anything in it. */
export const newRepository = (id: number, owner: string, name: string, createdAt: string): Repository => ({
  id,
  owner,
  name,
  formerNames: [],
  description: '',
  isPrivate: false,
  isArchived: false,
  topics: [],
  homepage: null,
  stars: 0,
  license: null,
  grants: {},
  createdAt,
  git: memoryRepository(),
  issues: [],
  hooks: [],
})
