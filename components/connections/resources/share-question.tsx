import { AlertDialog } from '#components/ui/dialog.tsx'
import type { ResourceView } from '#lib/resources/schema.ts'

const NAMED = 5

/** What turning a private one on lets everybody do. */
const audienceText = ({ audience = '' }: ResourceView, organization: string): string =>
  `Everyone in ${organization} who can open a board can ${audience.replace(/\.$/, '')}.`

/** Asked before private containers are turned on: who can read them then. */
export function ShareQuestion({
  rows,
  organization,
  onConfirm,
  onClose,
}: {
  rows: readonly ResourceView[]
  organization: string
  onConfirm: () => void
  onClose: () => void
}) {
  const [first] = rows
  const title =
    rows.length === 1 && first ? `Make ${first.title} available?` : `Make ${rows.length} private ones available?`
  const more = rows.length - NAMED
  return (
    <AlertDialog title={title} confirm="Make available" tone="primary" onConfirm={onConfirm} onClose={onClose}>
      {rows.slice(0, NAMED).map((row) => (
        <p key={row.id}>{audienceText(row, organization)}</p>
      ))}
      {more > 0 && <p>{more === 1 ? 'The same holds for one more.' : `The same holds for ${more} more.`}</p>}
    </AlertDialog>
  )
}
