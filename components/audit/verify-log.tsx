'use client'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { verifyAudit } from '#lib/audit/client.ts'
import { problemOf } from '#lib/platform/client.ts'

/** Checks the whole log against the chain that each event is part of, and says what came of it. */
export function VerifyLog({ org }: { org: string }) {
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    const words = await verifyAudit(org).then(
      ({ intact, events, brokenAt }) =>
        intact
          ? `All ${events.toLocaleString('en-GB')} events are as they were written.`
          : `The log was changed at event ${brokenAt}. Keep a copy and tell whoever runs this Plugboard.`,
      (error: unknown) => problemOf(error).message,
    )
    setSaid(words)
    announce(words)
    setBusy(false)
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button busy={busy} onClick={busy ? undefined : () => void verify()}>
        Verify the log
      </Button>
      {said && <span className="text-ink-2">{said}</span>}
    </div>
  )
}
