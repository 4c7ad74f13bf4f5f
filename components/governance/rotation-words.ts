import type { RotationView } from '#lib/governance/schema.ts'

const count = (days: number): string => (days === 1 ? '1 day' : `${days} days`)

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

// the day as the server has it, so that the page reads the same before and after it is the browser's
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** "Sam left on 3 June. Rotate 2 credentials.": one line for each who left and whose credentials are still there. */
export function leftLines(items: readonly RotationView[]): string[] {
  const left = items.filter(({ renewsItself, owner }) => !renewsItself && owner.leftAt)
  return [...Map.groupBy(left, ({ owner }) => owner.id)].map(([, theirs]) => {
    const { name, leftAt } = theirs[0]?.owner ?? { name: 'Somebody', leftAt: null }
    const what = theirs.length === 1 ? '1 credential' : `${theirs.length} credentials`
    return `${name} left on ${day.format(new Date(leftAt ?? 0))}. Rotate ${what}.`
  })
}

/** The address behind a note of where a secret is kept, if it is one; only a page is linked to. */
export function addressIn(keptAt: string): string | null {
  const url = URL.parse(keptAt.trim())
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}
