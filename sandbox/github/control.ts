import { z } from 'zod'
import { memoryRepository } from '#sandbox/git/memory.ts'
import { Refused } from '#sandbox/provider.ts'
import { anonymous } from './access.ts'
import { setRemaining } from './limits.ts'
import {
  type Account,
  accountOf,
  type Issue,
  newId,
  type Repository,
  repositoryOf,
  type State,
  timestamp,
} from './state.ts'
import { endGrant, issueToken } from './tokens.ts'

const Login = z.string().regex(/^[A-Za-z0-9-]+$/)
/** An issue or pull request as control and the start data write it. */
export const NewIssue = z.strictObject({
  title: z.string(),
  body: z.string().default(''),
  number: z.number().int().min(1).optional(),
  user: Login.optional(),
  labels: z.array(z.string()).default([]),
  state: z.enum(['open', 'closed']).default('open'),
  assignees: z.array(Login).default([]),
  createdAt: z.iso.datetime().optional(),
  updatedAt: z.iso.datetime().optional(),
  pull: z
    .strictObject({
      head: z.string(),
      base: z.string().default('main'),
      isDraft: z.boolean().default(false),
      merged: z.boolean().default(false),
    })
    .optional(),
})
const NewRepository = z.strictObject({
  owner: Login,
  name: z.string(),
  private: z.boolean().optional(),
  description: z.string().optional(),
  files: z.record(z.string(), z.string().nullable()).optional(),
  message: z.string().default('Change files'),
  branch: z.string().optional(),
  collaborators: z
    .array(z.union([Login, z.strictObject({ login: Login, permission: z.enum(['pull', 'push', 'admin']) })]))
    .optional(),
  issues: z.array(NewIssue).optional(),
  archived: z.boolean().optional(),
  renamedFrom: z.string().optional(),
})
const Named = z.strictObject({ owner: Login, name: z.string() })

/** What control can set: every field is optional, and each changes only what it names. */
const Settings = z.strictObject({
  provider: z.literal('github'),
  expiringTokens: z.boolean().optional(),
  tokenSeconds: z.number().int().min(1).optional(),
  coop: z.boolean().optional(),
  grantScopes: z.array(z.string()).nullable().optional(),
  suspended: z.boolean().optional(),
  restrictedOrgs: z.array(Login).optional(),
  ssoOrgs: z.array(Login).optional(),
  failedLoginLimit: z.number().int().min(1).optional(),
  treeLimit: z.number().int().min(1).optional(),
  rateRemaining: z
    .strictObject({
      account: Login.optional(),
      core: z.number().int(),
      search: z.number().int(),
      code_search: z.number().int(),
    })
    .partial()
    .optional(),
  repository: NewRepository.optional(),
  removeRepository: Named.optional(),
  account: z
    .strictObject({
      login: Login,
      name: z.string().optional(),
      email: z.string().optional(),
      emailVerified: z.boolean().optional(),
    })
    .optional(),
  organization: z
    .strictObject({
      login: Login,
      description: z.string().optional(),
      members: z.record(Login, z.enum(['admin', 'member'])),
    })
    .optional(),
  makePat: z
    .strictObject({
      account: Login,
      scopes: z.array(z.string()).default([]),
      expiresAt: z.iso.datetime().optional(),
      fineGrained: z
        .strictObject({
          resourceOwner: Login,
          repositories: z.array(z.string()).nullable().default(null),
          permissions: z.record(z.string(), z.enum(['read', 'write'])).default({}),
          isPending: z.boolean().default(false),
        })
        .optional(),
    })
    .optional(),
})

/** POST /__sandbox/set for GitHub; answers what it made (a token, a repository's id). */
export function set(state: State, input: unknown): unknown {
  const {
    provider: _,
    rateRemaining,
    repository,
    removeRepository,
    account,
    organization,
    makePat,
    ...settings
  } = parsed(Settings, input)
  Object.assign(state.settings, settings)
  if (rateRemaining) setRates(state, rateRemaining)
  if (account) setAccount(state, account)
  if (organization) setOrganization(state, organization)
  if (removeRepository)
    state.repositories = state.repositories.filter(
      (one) => one !== repositoryOf(state, removeRepository.owner, removeRepository.name),
    )
  return {
    ok: true,
    ...(repository && { repository: { id: setRepository(state, repository).id } }),
    ...(makePat && { token: makeToken(state, makePat) }),
  }
}

const Revocation = z.union([
  z.strictObject({ provider: z.literal('github'), account: Login }),
  z.strictObject({ provider: z.literal('github'), token: z.string() }),
])

/** POST /__sandbox/revoke: one token, or all that apps hold for an account, as if revoked in its settings. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  const ended = [...state.tokens.values()].filter((token) =>
    'token' in wanted ? token.value === wanted.token : token.kind === 'oauth' && token.account === wanted.account,
  )
  for (const token of ended) {
    if ('account' in wanted && token.clientId !== null) endGrant(state, token.account, token.clientId)
    state.tokens.delete(token.value)
  }
  return { ok: true, ended: ended.length }
}

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}

type Parsed<Field extends keyof z.infer<typeof Settings>> = NonNullable<z.infer<typeof Settings>[Field]>

function setRates(state: State, { account, ...remaining }: Parsed<'rateRemaining'>): void {
  const accounts = state.accounts.filter(({ login }) => (account ?? login) === login)
  const callers = accounts.map((one) => ({ ...anonymous, account: one }))
  for (const caller of callers) {
    for (const resource of ['core', 'search', 'code_search'] as const) {
      const left = remaining[resource]
      if (left !== undefined) setRemaining(state, caller, resource, left)
    }
  }
}

function setAccount(state: State, input: Parsed<'account'>): void {
  const known = accountOf(state, input.login)
  const account: Account = known ?? {
    id: newId(state),
    login: input.login,
    name: input.login,
    email: null,
    emails: [],
    bio: '',
    company: null,
    location: '',
    createdAt: timestamp(state.world.clock.now()),
  }
  account.name = input.name ?? account.name
  const address = input.email ?? account.emails[0]?.email ?? `${input.login}@example.com`
  account.emails = [{ email: address, primary: true, verified: input.emailVerified ?? true, visibility: 'private' }]
  if (!known) state.accounts.push(account)
}

function setOrganization(state: State, { login, description = '', members }: Parsed<'organization'>): void {
  const others = state.organizations.filter((one) => one.login !== login)
  const id = state.organizations.find((one) => one.login === login)?.id ?? newId(state)
  state.organizations = [
    ...others,
    { id, login, description, members: Object.entries(members).map(([name, role]) => ({ login: name, role })) },
  ]
}

function setRepository(state: State, input: Parsed<'repository'>): Repository {
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

/** Adds issues to a repository; one with a known number replaces it. */
export function withIssues(repository: Repository, issues: readonly z.infer<typeof NewIssue>[], now: string): void {
  for (const issue of issues) addIssue(repository, issue, now)
}

function addIssue(repository: Repository, input: z.infer<typeof NewIssue>, now: string): void {
  const { number, user, createdAt = now, updatedAt = createdAt, pull, ...rest } = input
  const isClosed = input.state === 'closed' || pull?.merged === true
  const issue: Issue = {
    ...rest,
    number: number ?? Math.max(0, ...repository.issues.map((one) => one.number)) + 1,
    user: user ?? repository.owner,
    state: isClosed ? 'closed' : 'open',
    createdAt,
    updatedAt,
    closedAt: isClosed ? updatedAt : null,
    pull: pull
      ? { head: pull.head, base: pull.base, isDraft: pull.isDraft, mergedAt: pull.merged ? updatedAt : null }
      : null,
  }
  repository.issues = [...repository.issues.filter((one) => one.number !== issue.number), issue]
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

function makeToken(state: State, { account, scopes, expiresAt, fineGrained }: Parsed<'makePat'>): string {
  if (!accountOf(state, account)) throw new Refused(`no account ${account}`)
  const expiry = expiresAt === undefined ? null : Date.parse(expiresAt)
  return issueToken(state, {
    account,
    scopes,
    expiresAt: expiry,
    ...fineGrained,
    kind: fineGrained ? 'fine-grained' : 'classic',
  }).value
}
