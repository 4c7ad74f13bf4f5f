import { randomUUID } from 'node:crypto'
import { Refused } from '#sandbox/provider.ts'
import { makeApiToken } from './api-tokens.ts'
import { parsed, Revocation, type Shared } from './control-input.ts'
import { setPoints } from './limits.ts'
import { type Account, accountOf, memberOf, type Product, type Site, type State, siteOf } from './state.ts'
import { endGrant, endToken } from './tokens.ts'

/** The site that a name or a cloud id means; control is told when there is none. */
function knownSite(state: State, key: string): Site {
  const site = siteOf(state, key)
  if (site) return site
  throw new Refused(`no site ${key}; there are: ${state.sites.map(({ name }) => name).join(', ')}`)
}

function knownAccount(state: State, email: string): Account {
  const account = accountOf(state, email)
  if (account) return account
  throw new Refused(`no account ${email}; there are: ${state.accounts.map((one) => one.email).join(', ')}`)
}

/** Somebody who has just signed up at Atlassian, and is on no site yet. */
function newAccount(state: State, email: string): Account {
  const [name = ''] = email.split('@')
  const account = {
    id: `712020:${randomUUID()}`,
    email,
    name,
    title: '',
    timeZone: 'Europe/Amsterdam',
    showsEmail: true,
  }
  state.accounts.push(account)
  return account
}

/** Sets what the products share; answers what it made. */
export function setShared(state: State, product: Product, input: Shared): { token?: string } {
  const { siteIs, member, person, makeApiToken: made, pointsRemaining, burst, ...settings } = input
  for (const name of settings.shareSites ?? []) knownSite(state, name)
  if (settings.hostSite !== undefined) knownSite(state, settings.hostSite)
  for (const email of settings.captcha ?? []) knownAccount(state, email)
  Object.assign(state.settings, settings)
  if (siteIs) {
    const { site, ...about } = siteIs
    Object.assign(knownSite(state, site), about)
  }
  if (member) setMember(state, member)
  if (person) {
    const { email, ...about } = person
    Object.assign(accountOf(state, email) ?? newAccount(state, email), about)
  }
  if (pointsRemaining !== undefined) setPoints(state, product, pointsRemaining)
  for (const [method, limit] of Object.entries(burst ?? {})) state.burstLimits.set(method, limit)
  if (!made) return {}
  const { days, ...about } = made
  knownAccount(state, about.email)
  return { token: makeApiToken(state, about, days).value }
}

function setMember(state: State, input: NonNullable<Shared['member']>): void {
  const { site: name, email, admin, jira, confluence, removed } = input
  const site = knownSite(state, name)
  knownAccount(state, email)
  const before = memberOf(site, email)
  site.members = site.members.filter((one) => one !== before)
  if (removed) return
  site.members.push({
    email,
    isAdmin: admin ?? before?.isAdmin ?? false,
    jira: jira ?? before?.jira ?? true,
    confluence: confluence ?? before?.confluence ?? true,
  })
}

/** POST /__sandbox/revoke: what somebody does under Connected apps, or an admin on a site. */
export function revokeShared(state: State, input: unknown): { ok: true; ended: number } {
  const wanted = parsed(Revocation, input)
  if ('token' in wanted) return { ok: true, ended: endToken(state, wanted.token) }
  if ('account' in wanted) return { ok: true, ended: endGrant(state, knownAccount(state, wanted.account).email) }
  const { id } = knownSite(state, wanted.site)
  const those = [...state.grants.values()].filter(({ siteIds }) => siteIds.includes(id))
  for (const grant of those) grant.siteIds = grant.siteIds.filter((one) => one !== id)
  return { ok: true, ended: those.length }
}
