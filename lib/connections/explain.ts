import { entryOf } from '#lib/platform/entry-of.ts'
import type { Revocation } from './leave-schema.ts'
import type { HealthCode } from './status.ts'

export type ReasonDetail = Readonly<Record<string, unknown>>
const text = (value: unknown, otherwise: string): string => (typeof value === 'string' && value ? value : otherwise)

/** A provider's own sentence as a reason line, which ends without a full stop. */
const said = (says: unknown, otherwise: string): string => text(says, otherwise).replace(/\.$/, '')

/** Why a connection is not well, in one line for people; the codes are what the API tells. */
const reasons: Record<string, (name: string, detail: ReasonDetail) => string> = {
  token_refused: (name) => `Connection invalid: access revoked at ${name}`,
  revoked: (name) => `Connection invalid: access revoked at ${name}`,
  refresh_refused: (name) => `Connection invalid: ${name} no longer renews the token`,
  refresh_answer_lost: (name) => `Connection invalid: ${name}'s answer to a token renewal was lost`,
  expired: () => 'Connection invalid: the token expired',
  unreadable: () => 'Connection invalid: the stored token cannot be read',
  scopes_required: (_, detail) => text(detail.says, `Connection invalid: permission missing: ${list(detail.missing)}`),
  scope_refused: (name) => `Connection invalid: ${name} says that a permission is missing`,
  scopes_changed: (_, detail) => `Connection invalid: Plugboard now needs ${list(detail.missing)}`,
  forbidden: (name) => `The account lacks the permission needed at ${name}`,
  unavailable: (name, detail) =>
    typeof detail.status === 'number' ? `${name} returned ${detail.status}` : `${name} does not answer`,
  setup: (name) => `${name} shuts Plugboard out as it is set up there`,
  untested: (name) => `Not tested yet: ${name} didn't answer. Tried again every 5 minutes`,
  disconnected: () => 'Projects and boards kept',
  forced: () => 'Cleared here without contacting the provider',
  not_set_up: () => 'Not set up on this server',
  disabled: (_, detail) => `Turned off by ${text(detail.by, 'an admin')}`,
  not_enabled: (name, { says }) => said(says, `${name} is not enabled for Plugboard yet`),
  no_subscription: (name, { says }) => said(says, `${name} has no subscription`),
  skipped: (name, { says }) => `Skipped. ${said(says, `${name} has no subscription`)}`,
  site_admin_needed: (name, { says }) => said(says, `The account may not use ${name}`),
  member_left: () => 'Its owner left the organization',
}

const list = (value: unknown): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(Array.isArray(value) ? value.map(String) : [])

/** The reason line of a status. `name` is the provider's. */
export const explainReason = (code: string, name: string, detail: ReasonDetail = {}): string =>
  entryOf(reasons, code)?.(name, detail) ?? 'Something is wrong with this connection'

type Health = { code: HealthCode; detail: ReasonDetail }

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

function expiring(what: string, left: number): string {
  const ends = what === 'Access' ? 'ends' : 'expires'
  return left > 0 ? `${what} ${ends} in ${days(left)}` : `${what} ${ends === 'ends' ? 'ended' : 'expired'}`
}

function rotating({ isSuspected, days: left }: ReasonDetail): string {
  if (isSuspected) return 'Somebody suspects a leak: rotate now'
  const count = Number(left)
  if (count > 0) return `Rotation due in ${days(count)}`
  return count === 0 ? 'Rotation overdue since today' : `Rotation overdue by ${days(-count)}`
}

/** The reason line of a connection that works but needs attention. Times come as ISO 8601 UTC in `detail.until`. */
export function explainHealth({ code, detail }: Health, name: string): string {
  const missing = Array.isArray(detail.missing) ? detail.missing.map(String) : []
  const count = missing.length === 1 ? '1 permission missing' : `${missing.length} permissions missing`
  const lines: Record<HealthCode, string> = {
    rate_limited: `Rate limited until ${text(detail.until, 'later').slice(11, 16)} UTC`,
    scopes_missing: `${count}: ${list(missing)}`,
    not_permitted: `Plugboard’s app may not read ${list(detail.lacks)}`,
    partial_access: `${list(detail.organizations)} hasn’t approved Plugboard`,
    token_expiring: expiring(capital(text(detail.what, 'key')), Number(detail.days)),
    rotation_due: rotating(detail),
    installer_left: `Connected by ${text(detail.by, 'someone')}, who left`,
    plan_limited: text(detail.says, 'The plan does not include everything'),
    refresh_retrying: `${name} didn't renew the token; trying again`,
  }
  return lines[code]
}

/**
 * What is said of a client and never of a person: RFC 6749 section 5.2, docs.github.com/apps (the token request), and what
 * Atlassian answers to a wrong secret.
 */
const clientRefusals: readonly string[] = ['invalid_client', 'incorrect_client_credentials', 'access_denied']

/** Why an attempt ended without a connection: what happened, and what to do. */
const attemptProblems: Record<string, (name: string, code?: string) => string> = {
  denied: (name) => `You cancelled at ${name}. Nothing changed.`,
  used: () => 'This sign-in link was already used. Connect again.',
  timed_out: () => 'This sign-in link has expired. Connect again.',
  cancelled: () => 'Cancelled. Nothing changed.',
  state_unknown: () => 'This sign-in link is not one of ours, or is too old. Connect again.',
  other_browser: (name) => `${name}'s answer didn't match this browser. Connect again in the same browser.`,
  other_user: () => 'This sign-in was started by someone else. Nothing was connected.',
  session_ended: () => 'Your session ended while you were away. Sign in and connect again.',
  other_provider: (name) => `The answer came to an address that is not ${name}'s. Connect again.`,
  exchange_refused: (name, code = 'no reason given') =>
    clientRefusals.includes(code)
      ? `${name} doesn't accept this server's client (${code}). Ask whoever runs Plugboard here to check its id and secret.`
      : `${name} refused the code exchange (${code}). Connect again.`,
  no_answer: (name) => `${name} didn't answer. Connect again in a moment.`,
  authorize_refused: (name, code) => `${name} didn't go ahead (${code ?? 'no reason given'}). Connect again.`,
  probe_refused: (name) => `${name} gave a token and then didn't take it. Connect again.`,
  no_access: (name) => `This account may not use ${name}. Ask whoever manages it there.`,
  no_refresh_token: (name) => `${name} gave access for a short time only. Remove Plugboard there, then connect again.`,
  no_site: (name) => `This account has no ${name} site that Plugboard may use. Connect with another account.`,
  other_account: (name) => `${name} stays with the account that it was connected with.`,
  kept: () => 'Kept the account that was connected. Nothing changed.',
  disabled: (name) => `${name} is turned off for this organization. Ask an admin.`,
  not_allowed: () => 'You may no longer connect this. Ask an admin.',
  // what the Connect form itself is refused with
  'other-origin': () => 'This page is too old. Reload it and connect again.',
  'bad-request': () => 'This page is too old. Reload it and connect again.',
  'already-exists': () => 'This attempt was started before. Connect again.',
  forbidden: (name) => `You may not connect ${name} here, or it is turned off. Ask an admin.`,
  'not-available': (name) => `${name} is not set up on this server. Ask whoever runs it.`,
  'not-found': () => 'What you wanted to connect is not there any more. Reload the page and connect again.',
  'too-many-requests': () => 'You started many connects in a short time. Wait a few minutes and connect again.',
}

/** The sentence for an attempt's problem; `code` is the provider's error code, when it is of the known form. */
export const explainAttempt = (kind: string, name: string, code?: string): string =>
  entryOf(attemptProblems, kind)?.(name, code) ?? `Connecting ${name} didn't work. Connect again.`

type Said = { revocation: Revocation; status: number | null; keptBy?: string }

/**
 * What became of the token at the provider, and what is left to do there. `by` is the page where a person removes us, or where
 * they made the secret that is called `noun`, where a person pasted it. `keptBy`: the
 * provider of a connection that goes on with it here.
 */
export function explainRevocation(said: Said, name: string, by: string, noun?: string): string {
  const { revocation, status, keptBy } = said
  if (keptBy)
    return `Disconnected here. ${keptBy === name ? `Another ${name} connection` : keptBy} still uses this ${noun ?? 'token'}.`
  const where = by.replace(/^https:\/\//, '') || name
  if (noun && revocation === 'not_offered')
    return `${capital(noun)} deleted here. It works elsewhere until you revoke it at ${where}.`
  if (revocation === 'revoked') return `${name} confirmed that the token was revoked.`
  if (revocation === 'kept_for_another_connection')
    return 'Token deleted here. Another connection still uses this account.'
  if (revocation === 'not_offered') return `Token deleted here. Remove Plugboard at ${where}.`
  if (revocation === 'skipped') return `Token deleted here without contacting ${name}.`
  return `Disconnected here. ${name} didn't confirm the token was revoked${status ? ` (${status})` : ''}. Remove it at ${where}.`
}
