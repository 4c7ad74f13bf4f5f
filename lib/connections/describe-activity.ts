import { entryOf } from '#lib/platform/entry-of.ts'
import type { ActivityView } from './activity-schema.ts'
import { explainAttempt, explainReason, explainRevocation } from './explain.ts'
import { Revocation } from './leave-schema.ts'

/** An audit event of a provider, as far as its activity page tells it. */
export type ActivityRow = {
  id: string
  at: Date
  actorKind: string
  actorId: string | null
  actorName: string
  action: string
  subjectKind: string
  subjectId: string | null
  before: unknown
  after: unknown
  requestId: string | null
  /** The member's connection it is about, as it is now; null for the organization's and for what is about none. */
  member: { userId: string | null; accountLabel: string } | null
}
type Facts = Readonly<Record<string, unknown>>
/** The provider, and who reads: another member's account is theirs to name. */
type Around = { name: string; by: string; readerId: string | null }
type Told = { what: string; explanation?: string | null }

/** What went wrong by itself; the rest is what people did. */
export const problemActions = [
  'connection.failed',
  'connection.expired',
  'connection.revoked',
  'connection.failing',
  'connection.forbidden',
] as const

const factsOf = (value: unknown): Facts => (typeof value === 'object' && value !== null ? (value as Facts) : {}) // JSON of our own
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** The connection a row is about: an account by its name where it is the organization's or the reader's own. */
function accountOf({ actorId, member, before, after }: ActivityRow, { readerId }: Around): string {
  if (!member)
    return `${textOf(factsOf(after).account) ?? textOf(factsOf(before).account) ?? 'the account'} for everyone`
  if (member.userId === readerId) return member.accountLabel
  return member.userId === actorId ? 'their own account' : 'a member’s account'
}

/** What broke it. An answer's status is told where it is one of HTTP's failures: some refuse a token with 200. */
function brokenBy({ after }: ActivityRow, { name }: Around): string {
  const { reason, providerStatus, missing } = factsOf(after)
  const told = Number(providerStatus) >= 400 ? ` (${Number(providerStatus)})` : ''
  if (reason === 'token_refused') return `${name} no longer accepts the token${told}.`
  return explainReason(textOf(reason) ?? '', name, { status: providerStatus, missing })
}

function revocationOf(row: ActivityRow, { name, by }: Around): string | null {
  const { revocation, providerStatus } = factsOf(row.after)
  const said = Revocation.safeParse(revocation)
  const status = typeof providerStatus === 'number' ? providerStatus : null
  return said.success ? explainRevocation({ revocation: said.data, status }, name, by) : null
}

function reconfigured({ before, after }: ActivityRow, name: string): Told {
  const now = factsOf(after)
  if (now.whoMayConnect !== factsOf(before).whoMayConnect)
    return {
      what: `changed who can connect ${name} for everyone`,
      explanation: now.whoMayConnect === 'members' ? 'Now any member.' : 'Now owners and admins.',
    }
  if ('inAnswers' in now)
    return { what: `${now.inAnswers ? 'allowed' : 'kept'} ${name} ${now.inAnswers ? 'in' : 'out of'} answers` }
  return { what: `changed what ${name} is asked for` }
}

const namedIn = ({ after }: ActivityRow): string => textOf(factsOf(after).name) ?? 'something without a known name'

function peopleIn({ after }: ActivityRow): string {
  const { people } = factsOf(after)
  return people === 1 ? '1 member' : `${Number(people)} members`
}

/** What came of verifying access, by the status it left. */
const verdicts: Readonly<Record<string, string>> = {
  connected: 'It is on.',
  setup_required: 'An admin of the site has to enable it first.',
  not_available: 'The site has no subscription.',
  no_access: 'The account may not use it there.',
}

const tellings: Record<string, (row: ActivityRow, around: Around) => Told> = {
  'connection.created': (row, around) => ({ what: `connected ${accountOf(row, around)}` }),
  'connection.reconnected': (row, around) => ({ what: `reconnected ${accountOf(row, around)}` }),
  'key.replaced': (row, around) => ({ what: `replaced the key of ${accountOf(row, around)}` }),
  'key.leak_suspected': (_, { name }) => ({
    what: `suspected that others know the key of ${name}`,
    explanation: 'It is to be replaced now.',
  }),
  'key.old_revoked': (_, { name }) => ({ what: `noted that the old key is revoked at ${name}` }),
  'connection.denied': (_, { name }) => ({ what: `cancelled at ${name}`, explanation: 'Nothing changed.' }),
  'connection.failed': ({ after }, { name }) => ({
    what: `could not connect ${name}`,
    explanation: explainAttempt(textOf(factsOf(after).reason) ?? '', name, textOf(factsOf(after).code)),
  }),
  'connection.cancelled': ({ after }) => ({
    what: factsOf(after).reason === 'kept' ? 'kept the account that was connected' : 'cancelled connecting',
  }),
  'connection.disconnected': (row, around) => ({
    what: `disconnected ${accountOf(row, around)}`,
    explanation: revocationOf(row, around),
  }),
  'connection.forced': (row, around) => ({
    what: `disconnected ${accountOf(row, around)} by force`,
    explanation: `Cleared here without contacting ${around.name}.`,
  }),
  'connection.expired': (row, around) => ({ what: 'noticed that access expired', explanation: brokenBy(row, around) }),
  'connection.revoked': (row, around) => ({ what: 'noticed that access ended', explanation: brokenBy(row, around) }),
  'connection.failing': (row, around) => ({
    what: `noticed that ${around.name} ${factsOf(row.after).reason === 'setup' ? 'shuts Plugboard out' : 'keeps failing'}`,
    explanation: brokenBy(row, around),
  }),
  'connection.forbidden': (row, around) => ({
    what: 'noticed that access is missing',
    explanation: brokenBy(row, around),
  }),
  'connection.recovered': (_, { name }) => ({ what: `noticed that ${name} works again` }),
  'connection.verified': ({ after }, { name }) => ({
    what: `verified access to ${name}`,
    explanation: entryOf(verdicts, textOf(factsOf(after).status) ?? '') ?? null,
  }),
  'connection.skipped': (_, { name }) => ({ what: `chose to do without ${name}` }),
  'request.created': (_, { name }) => ({ what: `asked for ${name}` }),
  'request.approved': (_, { name }) => ({ what: `approved a request for ${name}` }),
  'request.declined': (_, { name }) => ({ what: `declined a request for ${name}` }),
  'reminder.sent': (row, { name }) => ({ what: `asked ${peopleIn(row)} to connect their ${name} account` }),
  'connector.enabled': (_, { name }) => ({ what: `enabled ${name}` }),
  'connector.disabled': (_, { name }) => ({ what: `disabled ${name}`, explanation: 'Credentials are kept.' }),
  'connector.reconfigured': (row, { name }) => reconfigured(row, name),
  'resource.shared': (row) => ({ what: `made ${namedIn(row)} available on boards` }),
  'resource.unshared': (row) => ({
    what: `took ${namedIn(row)} off boards`,
    explanation: 'Its cards show nothing now.',
  }),
  'report.ordered': (row, { name }) => ({
    what: `asked ${name} for ${textOf(factsOf(row.after).report) ?? 'a report'} about ${namedIn(row)}`,
    explanation: `It counts against the plan at ${name}.`,
  }),
}

/** What the product notices by itself has whoever asked at that moment as its actor; it is told as its own. */
const noticedActions: readonly string[] = [
  'connection.expired',
  'connection.revoked',
  'connection.failing',
  'connection.forbidden',
  'connection.recovered',
]

/** One line of activity; an action nobody wrote a sentence for is told by its own name. */
export function describeActivity(row: ActivityRow, around: Around): ActivityView {
  const told = tellings[row.action]?.(row, around) ?? { what: row.action.replace('.', ' ') }
  const isOwn = ['user', 'token'].includes(row.actorKind) && !noticedActions.includes(row.action)
  const isProblem = problemActions.some((action) => action === row.action)
  return {
    id: row.id,
    at: row.at.toISOString(),
    level: isProblem ? 'problem' : 'info',
    who: isOwn ? row.actorName : 'Plugboard',
    what: told.what,
    explanation: told.explanation ?? null,
    requestId: isProblem ? row.requestId : null,
    connectionId: row.subjectKind === 'connection' ? row.subjectId : null,
  }
}
