import { AuditAction, type AuditEventView } from '#lib/audit/schema.ts'

/** What an event is about, by name: the provider where there is one, and its connection: "Slack for the organization acme". */
type Named = { tool: string; target: string; connection: string }
type Telling = (named: Named) => string

/** The rest of the sentence after who did it; every action has one. */
const tellings: Record<AuditAction, Telling> = {
  'connection.created': ({ connection }) => `connected ${connection}`,
  'connection.reconnected': ({ connection }) => `reconnected ${connection}`,
  'connection.denied': ({ tool }) => `cancelled at ${tool}`,
  'connection.failed': ({ tool }) => `could not connect ${tool}`,
  'connection.cancelled': ({ tool }) => `cancelled connecting ${tool}`,
  'connection.disconnected': ({ connection }) => `disconnected ${connection}`,
  'connection.forced': ({ connection }) => `disconnected ${connection} by force`,
  'connection.expired': ({ connection }) => `met expired access to ${connection}`,
  'connection.revoked': ({ connection }) => `met revoked access to ${connection}`,
  'connection.failing': ({ connection }) => `met failures of ${connection}`,
  'connection.forbidden': ({ connection }) => `met missing access to ${connection}`,
  'connection.recovered': ({ connection }) => `found ${connection} working again`,
  'connection.verified': ({ connection }) => `verified access to ${connection}`,
  'connection.skipped': ({ tool }) => `chose to do without ${tool}`,
  'key.replaced': ({ tool }) => `replaced the key of ${tool}`,
  'key.old_revoked': ({ tool }) => `revoked the old key of ${tool}`,
  'key.leak_suspected': ({ tool }) => `suspected a leak of the key of ${tool}`,
  'connector.enabled': ({ tool }) => `enabled ${tool}`,
  'connector.disabled': ({ tool }) => `disabled ${tool}`,
  'connector.reconfigured': ({ tool }) => `reconfigured ${tool}`,
  'request.created': ({ tool }) => `asked for ${tool}`,
  'request.approved': ({ tool }) => `approved a request for ${tool}`,
  'request.declined': ({ tool }) => `declined a request for ${tool}`,
  'resource.shared': ({ target, tool }) => `made ${target} of ${tool} available on boards`,
  'resource.unshared': ({ target, tool }) => `took ${target} of ${tool} off boards`,
  'report.ordered': ({ target, tool }) => `asked ${tool} for what it writes about ${target}`,
  'member.invited': ({ target }) => `invited ${target}`,
  'member.invitation_resent': ({ target }) => `sent the invitation to ${target} again`,
  'member.invitation_revoked': ({ target }) => `took back the invitation to ${target}`,
  'member.joined': () => 'joined',
  'member.left': () => 'left',
  'member.removed': ({ target }) => `removed ${target}`,
  'role.changed': ({ target }) => `changed the role of ${target}`,
  'organization.created': ({ target }) => `created ${target}`,
  'organization.renamed': ({ target }) => `renamed ${target}`,
  'policy.changed': () => 'changed a policy',
  'password.changed': () => 'changed their password',
  'password.reset': () => 'set a new password',
  'session.ended_everywhere': () => 'signed out everywhere',
  'reminder.sent': ({ tool }) => `reminded members to connect ${tool}`,
  'token.created': ({ target }) => `made the API token ${target}`,
  'token.rolled': ({ target }) => `rolled the API token ${target}`,
  'token.revoked': ({ target }) => `revoked the API token ${target}`,
  'token.refused': ({ target }) => `was refused with the API token ${target}`,
  'export.created': () => 'exported the audit log',
}

const isAction = (name: string): name is AuditAction => AuditAction.safeParse(name).success

/** What was done, to follow the name of who did it: "enabled Slack". */
export function whatHappened({ action, subject, provider }: AuditEventView, toolName: (id: string) => string): string {
  const target = subject.name ?? `${subject.kind} ${subject.id}`
  const tool = provider ? toolName(provider) : 'a tool'
  // the log keeps a connection's name with the provider's id; people read the provider's own name
  const connection =
    provider && target.startsWith(`${provider} `) ? tool + target.slice(provider.length) : `${tool} (${target})`
  return isAction(action) ? tellings[action]({ tool, target, connection }) : action
}

/** How an event ended, in words. */
export const resultNames: Readonly<Record<AuditEventView['result'], string>> = {
  ok: 'Done',
  refused: 'Refused',
  failed: 'Failed',
}

const groupNames: Readonly<Record<string, string>> = {
  connection: 'Connections',
  key: 'Keys',
  connector: 'Tools',
  request: 'Requests',
  resource: 'Resources',
  report: 'Resources',
  member: 'Members',
  reminder: 'Members',
  role: 'Members',
  organization: 'Organization',
  policy: 'Organization',
  password: 'Sign-in',
  session: 'Sign-in',
  token: 'API tokens',
  export: 'Exports',
}

/** The actions by what they are about, for the choice of some of them. */
export function actionGroups(): [name: string, actions: AuditAction[]][] {
  const groups = new Map<string, AuditAction[]>()
  for (const action of AuditAction.options) {
    const name = groupNames[action.split('.')[0] ?? ''] ?? 'Others'
    groups.set(name, [...(groups.get(name) ?? []), action])
  }
  return [...groups]
}

/** An action's own words: "key.leak_suspected" reads "key leak suspected". */
export const actionName = (action: string): string => {
  const [noun = '', verb = ''] = action.split('.')
  return `${noun} ${verb.replaceAll('_', ' ')}`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'nothing'
  return typeof value === 'string' ? value : (JSON.stringify(value ?? null) ?? '').replace(/^null$/, 'nothing')
}

/** What a field was and what it is now, for every field of either. */
export function differences({ before, after }: Pick<AuditEventView, 'before' | 'after'>): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return names.flatMap((name) => {
    const [was, is] = [before?.[name], after?.[name]]
    if (before && after && name in before && name in after)
      return shown(was) === shown(is) ? [`${name}: ${shown(is)}`] : [`${name}: ${shown(was)} → ${shown(is)}`]
    return [before && name in before ? `${name} was ${shown(was)}` : `${name}: ${shown(is)}`]
  })
}
