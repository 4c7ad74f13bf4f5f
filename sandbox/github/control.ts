import { Refused } from '#sandbox/provider.ts'
import { anonymous } from './access.ts'
import { type Parsed, parsed, Revocation, Settings } from './control-input.ts'
import { setRepository } from './control-repository.ts'
import { setRemaining } from './limits.ts'
import { type Account, accountOf, newId, repositoryOf, type State, timestamp } from './state.ts'
import { endGrant, issueToken } from './tokens.ts'

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
