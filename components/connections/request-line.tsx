import { Time } from '#components/ui/time.tsx'
import type { OwnRequestView } from '#lib/connections/request-schema.ts'

/** What was asked for from this page, since it was opened: it is told as sent. */
const sent = new Set<string>()

/** Remembers that a request was sent from here. */
export const noteSent = (id: string): void => void sent.add(id)

const allOf = new Intl.ListFormat('en', { type: 'conjunction' })

/** "Request sent. Priya and Sam can approve it." */
export const sentWords = (admins: readonly string[]): string =>
  `Request sent. ${admins.length > 0 ? allOf.format(admins) : 'Owners and admins'} can approve it.`

/** What became of what the reader asked for. */
export function RequestLine({ request, admins }: { request: OwnRequestView; admins: readonly string[] }) {
  const { id, at, status, note, decidedBy, decidedAt } = request
  if (status === 'open')
    return sent.has(id) ? (
      sentWords(admins)
    ) : (
      <>
        Requested <Time value={at} />
      </>
    )
  return (
    <>
      {decidedBy ?? 'An admin'} {status === 'approved' ? 'approved and will connect it' : 'declined your request'}
      {decidedAt && (
        <>
          , <Time value={decidedAt} />
        </>
      )}
      {note && `: “${note}”`}
    </>
  )
}
