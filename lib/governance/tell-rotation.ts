import { mendersOf } from '#lib/connections/find-menders.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sendMail } from '#lib/platform/mail.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { describeRotation } from './describe-rotation.ts'
import { readAging } from './read-aging.ts'
import type { RotationView } from './schema.ts'

/** Which credential, and whom; with `reminder`, which of the reminders. */
type Notice = { connectionId?: string; userId?: string; reminder?: string }
type Told = { view: RotationView; everyDays: number; email: string }

/** What is to be told and where to; null once it was replaced, is not what it was told for, or is not theirs to replace. */
async function findTold(actor: Actor, { connectionId, userId = '', reminder }: Notice): Promise<Told | null> {
  const row = await withOrg(actor, async (db) => {
    const found = (await readAging(db, actor)).find((one) => one.connectionId === connectionId)
    const isMeant =
      found && (reminder === undefined ? found.suspectedAt !== null : String(found.rotationTold) === reminder)
    const mender = await db.membership.findFirst({ where: { AND: [mendersOf({ userId: null }), { userId }] } })
    return isMeant && mender ? found : null
  })
  if (!row) return null
  const person = await withSystem('account', (db) => db.user.findUnique({ where: { id: userId } }))
  return person && { view: describeRotation(row), everyDays: row.rotationDays, email: person.email }
}

const count = (days: number): string => (days === 1 ? '1 day' : `${days} days`)
const thing = ({ name, noun, endsWith }: RotationView): string =>
  `the ${noun} of ${name}${endsWith ? ` that ends ${endsWith}` : ''}`

async function send(actor: Actor, { view, email }: Told, subject: string, lines: readonly string[]): Promise<void> {
  const { slug, name } = actor.organization
  const where = view.keptAt ? [`It is kept in: ${view.keptAt}`] : []
  const link = `Rotate it here: ${env().APP_URL}/${slug}/settings/governance`
  await sendMail({ to: email, subject: `${subject} (${name})`, text: [...lines, ...where, link].join('\n\n') })
}

/** One reminder to one of those who can replace a credential. */
export async function tellRotation(actor: Actor, notice: Notice): Promise<void> {
  const told = await findTold(actor, notice)
  if (!told) return
  const { view, everyDays } = told
  const left = Number(notice.reminder)
  const days = view.daysLeft ?? 0
  const subject = left > 0 ? `Rotation due in ${count(left)}: ${view.name}` : `Rotation overdue: ${view.name}`
  const over = days === 0 ? 'since today' : `by ${count(-days)}`
  await send(actor, told, subject, [
    `Your organization replaces every key and token after ${count(everyDays)}. ${thing(view).replace(/^t/, 'T')} is ${count(view.ageDays)} old.`,
    days > 0 ? `It is due in ${count(days)}.` : `It is overdue ${over}.`,
  ])
}

/** A suspected leak, to one of those who can replace the credential. */
export async function tellSuspected(actor: Actor, notice: Notice): Promise<void> {
  const told = await findTold(actor, notice)
  if (!told) return
  const { view } = told
  await send(actor, told, `Action needed: rotate ${view.name} now`, [
    `${view.suspected?.by ?? 'Somebody'} suspects that others know ${thing(view)}.`,
    `Make another one at ${view.name}, put it in its place, and revoke the old one there.`,
  ])
}
