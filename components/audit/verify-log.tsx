'use client'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { verifyAudit } from '#lib/audit/client.ts'
import { problemOf } from '#lib/platform/client.ts'

/** Checks the whole log against the chain that each event is part of, and says what came of it. */
export function VerifyLog({ org }: { org: string }) {
  const [said, setSaid] = useState<{ words: string; isWell: boolean }>()
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    const found = await verifyAudit(org).then(
      ({ intact, events, brokenAt }) => ({
        words: intact
          ? `All ${events.toLocaleString('en-GB')} events are as they were written.`
          : `The log was changed at event ${brokenAt}. Export it, keep the copy and tell whoever runs this Plugboard.`,
        isWell: intact,
      }),
      (error: unknown) => ({ words: problemOf(error).message, isWell: false }),
    )
    setSaid(found)
    if (found.isWell) announce(found.words)
    setBusy(false)
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button busy={busy} onClick={busy ? undefined : () => void verify()}>
        Verify the log
      </Button>
      {said?.isWell && <span className="text-ink-2">{said.words}</span>}
      {said && !said.isWell && <Notice tone="error" live="alert" title={said.words} />}
    </div>
  )
}
