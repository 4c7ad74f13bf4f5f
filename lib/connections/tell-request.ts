import { withOrg, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sendMail } from '#lib/platform/mail.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { decidersOf } from './decide-request.ts'
import { type RequestRow, readRequest } from './read-requests.ts'

type Notice = { requestId?: string; userId?: string }

const emailOf = async (userId: string): Promise<string | null> =>
  (await withSystem('account', (db) => db.user.findUnique({ where: { id: userId } })))?.email ?? null

const hubAt = ({ organization }: Actor, provider: string): string =>
  `${env().APP_URL}/${organization.slug}/settings/integrations#${provider}`

/** One mail about what a member asks for, to one of those who decide. None when it was decided meanwhile. */
export async function tellRequest(actor: Actor, { requestId = '', userId = '' }: Notice): Promise<void> {
  const request = await withOrg(actor, async (db) => {
    const decider = await db.membership.findFirst({ where: { AND: [decidersOf, { userId }] } })
    return decider && (await readRequest(db, actor, requestId))
  })
  const to = request?.status === 'open' && (await emailOf(userId))
  if (!request || !to) return
  const { organization } = actor
  const { name } = knownProvider(request.provider)
  await sendMail({
    to,
    subject: `${request.who} asks for ${name} (${organization.name})`,
    text: [
      `${request.who} asks you to connect ${name} for everyone in ${organization.name}.`,
      ...(request.reason ? [`Their reason: ${request.reason}`] : []),
      `Approve or decline it here: ${hubAt(actor, request.provider)}`,
    ].join('\n\n'),
  })
}

/** What came of a request: connected already, approved and still to be connected, or declined. */
function wordsOf({ status, note, decidedBy }: RequestRow, name: string, isConnected: boolean): [string, string] {
  const who = decidedBy ?? 'An admin'
  if (status === 'declined')
    return [`${who} declined your request for ${name}`, note ? `${who} wrote: ${note}` : `${who} gave no reason.`]
  if (isConnected) return [`${name} is connected`, `${name} is connected for everyone now. You asked for it.`]
  return [
    `${who} approved your request for ${name}`,
    `${who} approved; they will connect it.${note ? ` ${who} wrote: ${note}` : ''}`,
  ]
}

/** One mail to whoever asked, about what was decided. */
export async function tellDecision(actor: Actor, { requestId = '' }: Notice): Promise<void> {
  const found = await withOrg(actor, async (db) => {
    const request = await readRequest(db, actor, requestId)
    if (!request || request.status === 'open') return null
    const { provider } = request
    const isConnected = await db.connection.count({ where: { provider, slot: 'organization', status: 'connected' } })
    return { request, isConnected: isConnected > 0 }
  })
  const to = found && (await emailOf(found.request.userId))
  if (!found || !to) return
  const { request, isConnected } = found
  const [subject, text] = wordsOf(request, knownProvider(request.provider).name, isConnected)
  await sendMail({
    to,
    subject: `${subject} (${actor.organization.name})`,
    text: [text, `See how it stands: ${hubAt(actor, request.provider)}`].join('\n\n'),
  })
}
