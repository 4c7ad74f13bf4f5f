import { counted } from '#components/ui/counted.ts'
import type { Shown } from '#components/ui/time-text.ts'
import type { RotationView } from '#lib/governance/schema.ts'

const count = (days: number): string => counted(days, 'day')

/** By when a credential is to be replaced, or why now. */
export function dueWords({ renewsItself, why, daysLeft, owner }: RotationView): string {
  if (renewsItself) return 'Renews itself'
  if (why === 'suspected') return 'Rotate now: somebody suspects a leak'
  if (why === 'left') return `Rotate now: ${owner.name} left`
  if (daysLeft === null) return 'Not known'
  if (why === null) return `In ${count(daysLeft)}`
  if (daysLeft > 0) return `Rotation due in ${count(daysLeft)}`
  return daysLeft === 0 ? 'Rotation overdue since today' : `Rotation overdue by ${count(-daysLeft)}`
}

/** "78 days old". */
export const ageWords = (days: number): string => (days === 0 ? 'From today' : `${count(days)} old`)

/** What the register comes to, in one line; null where there is nothing that could have to be rotated. */
export function summaryOf(items: readonly RotationView[]): string | null {
  const kept = items.filter(({ renewsItself }) => !renewsItself)
  const [now, soon] = (['now', 'soon'] as const).map((when) => kept.filter(({ rotate }) => rotate === when).length) // as const: words of a union
  if (kept.length === 0) return null
  if (!now && !soon) return 'No credentials need rotating.'
  return [now ? `${now} to rotate now` : '', soon ? `${soon} due soon` : ''].filter(Boolean).join(' · ')
}

const dayOf = (moment: string | null, { timeZone }: Shown): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', ...(timeZone ? { timeZone } : {}) }).format(
    new Date(moment ?? 0),
  )

/** "Sam left on 3 June. Rotate 2 credentials.": one line for each who left and whose credentials are still there, the day as it was for the reader. */
export function leftLines(items: readonly RotationView[], shown: Shown): string[] {
  const left = items.filter(({ renewsItself, owner }) => !renewsItself && owner.leftAt)
  return [...Map.groupBy(left, ({ owner }) => owner.id)].map(([, theirs]) => {
    const { name, leftAt } = theirs[0]?.owner ?? { name: 'Somebody', leftAt: null }
    return `${name} left on ${dayOf(leftAt, shown)}. Rotate ${counted(theirs.length, 'credential')}.`
  })
}

/** The address behind a note of where a secret is kept, if it is one; only a page is linked to. */
export function addressIn(keptAt: string): string | null {
  const url = URL.parse(keptAt.trim())
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}
