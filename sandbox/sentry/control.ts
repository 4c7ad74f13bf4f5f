import { Refused } from '#sandbox/provider.ts'
import { type Parsed, parsed, Revocation, Settings } from './control-input.ts'
import { setRemaining } from './limits.ts'
import { addIssue, changed } from './new-issue.ts'
import { type Issue, issueOf, named, newId, projectsOf, type State, shortIdOf } from './state.ts'
import { endTokens, makeToken } from './tokens.ts'

/** POST /__sandbox/set for Sentry; answers what it made (a token with its integration, issues). */
export function set(state: State, input: unknown): unknown {
  const { provider: _, makeToken: wanted, ...rest } = parsed(Settings, input)
  const { rateRemaining, scopes, organization, projects, removeProject, issues, removeIssue, ...settings } = rest
  Object.assign(state.settings, settings)
  if (settings.rateLimit) state.windows.clear()
  if (rateRemaining !== undefined) setRemaining(state, rateRemaining)
  if (scopes) setScopes(state, scopes)
  if (organization) setOrganization(state, organization)
  for (const project of projects ?? []) addProject(state, project)
  if (removeProject) dropProject(state, removeProject)
  if (removeIssue) {
    const gone = issueOf(state, removeIssue.organization, removeIssue.shortId)
    state.issues = state.issues.filter((issue) => issue !== gone)
  }
  const made = issues?.map((issue) => setIssue(state, issue))
  return {
    ok: true,
    ...(made && { issues: made.map((issue) => ({ id: issue.id, shortId: shortIdOf(issue) })) }),
    ...(wanted && newToken(state, wanted)),
  }
}

/** POST /__sandbox/revoke: a token, an integration, or everything of a person or an organization. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  const ended = endTokens(state, (token) => {
    if ('token' in wanted) return token.value === wanted.token
    if ('integration' in wanted) return token.integration === wanted.integration
    return token.account === wanted.account || token.organization === wanted.account
  })
  return { ok: true, ended }
}

function newToken(state: State, input: Parsed<'makeToken'>) {
  const { organization, account } = input
  if (organization !== undefined && !named(state.organizations, organization)) {
    throw new Refused(`no organization ${organization}`)
  }
  if (account !== undefined && !state.users.some(({ email }) => email === account)) {
    throw new Refused(`no account ${account}; there are: ${state.users.map(({ email }) => email).join(', ')}`)
  }
  const { token, integration } = makeToken(state, input)
  return {
    token: token.value,
    ...(integration && {
      integration: integration.slug,
      installation: integration.installation,
      clientSecret: integration.clientSecret,
    }),
  }
}

function setScopes(state: State, { token: value, scopes }: Parsed<'scopes'>): void {
  const token = state.tokens.get(value)
  if (!token) throw new Refused('no such token')
  // Only an integration's permissions can be edited (docs.sentry.io/account/auth-tokens).
  if (token.kind !== 'internal') throw new Refused(`the scopes of a token of kind ${token.kind} cannot change`)
  token.scopes = scopes.toSorted()
}

function setOrganization(state: State, { slug, renamedTo, ...fields }: Parsed<'organization'>): void {
  const known = named(state.organizations, slug)
  if (!known) {
    const createdAt = new Date(state.world.clock.now()).toISOString()
    const fresh = { regionUrl: null, hasLinks: true, isElsewhere: false, requiresSso: false }
    state.organizations.push({ id: newId(state), slug, name: slug, createdAt, ...fresh, ...fields })
    return
  }
  Object.assign(known, fields)
  if (renamedTo !== undefined) rename(state, slug, renamedTo)
}

function rename(state: State, from: string, to: string): void {
  for (const one of state.organizations) if (one.slug === from) one.slug = to
  for (const one of [...state.projects, ...state.issues, ...state.tokens.values(), ...state.integrations]) {
    if (one.organization === from) one.organization = to
  }
  for (const user of state.users) user.organizations = user.organizations.map((slug) => (slug === from ? to : slug))
}

function addProject(state: State, { organization, slug, name = slug, platform, team }: Parsed<'projects'>[number]) {
  if (named(projectsOf(state, organization), slug)) throw new Refused(`${organization} has a project ${slug}`)
  const createdAt = new Date(state.world.clock.now()).toISOString()
  state.projects.push({ id: `45082${newId(state)}0`, slug, name, platform, organization, team, createdAt })
}

function dropProject(state: State, { organization, slug }: Parsed<'removeProject'>): void {
  state.projects = state.projects.filter((one) => one.organization !== organization || one.slug !== slug)
  state.issues = state.issues.filter((one) => one.organization !== organization || one.project !== slug)
}

function setIssue(state: State, { organization, shortId, project, ...fields }: Parsed<'issues'>[number]): Issue {
  if (shortId === undefined) {
    const found = named(projectsOf(state, organization), project ?? 'web')
    if (!found) throw new Refused(`no project ${project} in ${organization}`)
    return addIssue(state, organization, found.slug, fields)
  }
  const known = issueOf(state, organization, shortId)
  if (!known) throw new Refused(`no issue ${shortId} in ${organization}`)
  return Object.assign(known, changed(known, fields, state.world.clock.now()))
}
