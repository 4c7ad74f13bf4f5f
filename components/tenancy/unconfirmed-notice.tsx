'use client'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { resendConfirmation } from '#lib/tenancy/client.ts'

/** A quiet line for somebody whose address is not confirmed yet, with the mail to be sent again. */
export function UnconfirmedNotice({ email }: { email: string }) {
  const [state, setState] = useState<'idle' | 'busy' | 'sent' | { problem: string }>('idle')
  const resend = async () => {
    setState('busy')
    try {
      await resendConfirmation()
      setState('sent')
      announce(`Sent to ${email}.`)
    } catch (error) {
      const { message } = problemOf(error)
      setState({ problem: message })
      announce(message, 'assertive')
    }
  }
  const isBusy = state === 'busy'
  return (
    <Notice
      tone="info"
      title="Confirm your email address"
      actions={
        state === 'sent' ? null : (
          <Button size="row" busy={isBusy} onClick={isBusy ? undefined : resend}>
            Resend
          </Button>
        )
      }
    >
      {state === 'sent'
        ? `A new link is on its way to ${email}. The one before no longer works.`
        : `We sent a link to ${email}. Until you open it you can't invite others.`}
      {typeof state === 'object' && <p className="text-error">{state.problem}</p>}
    </Notice>
  )
}
