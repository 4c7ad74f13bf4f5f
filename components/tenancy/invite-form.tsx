'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { tellWrong } from '#components/ui/tell-wrong.ts'
import { problemOf } from '#lib/platform/client.ts'
import { invitationsOf, invite } from '#lib/tenancy/client.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'
import type { Place, Viewer } from './props.ts'
import { RoleSelect } from './role-select.tsx'

type Refused = { email: string; text: string }
type Outcome = { sent: string[]; unmailed: string[]; refused: Refused[] }

async function inviteAll(org: string, emails: string[], role: RoleName): Promise<Outcome> {
  const outcome: Outcome = { sent: [], unmailed: [], refused: [] }
  for (const email of emails) {
    try {
      const { mailed } = await invite(org, email, role)
      outcome[mailed ? 'sent' : 'unmailed'].push(email)
    } catch (error) {
      outcome.refused.push({ email, text: problemOf(error).message })
    }
  }
  return outcome
}

const list = new Intl.ListFormat('en')
const addressesIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]

const MISSING = 'Email addresses are missing. Type at least one.'

/** How many are invited now; null for nobody. */
function countOf({ sent, unmailed }: Outcome): string | null {
  const { length } = [...sent, ...unmailed]
  if (length === 0) return null
  return length === 1 ? '1 person invited.' : `${length} people invited.`
}

function refusalOf({ refused }: Outcome): string | null {
  const [first] = refused
  if (!first) return null
  return refused.length === 1 ? first.text : `Email addresses: ${refused.length} were refused.`
}

/** What is typed, sent and refused: the refused addresses stay in the field. */
function useInviting(org: string) {
  const client = useQueryClient()
  const id = useId()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const refuse = (wrong: string, told = wrong) => {
    setError(wrong)
    tellWrong(id, told)
  }
  const send = async (role: RoleName) => {
    const emails = addressesIn(text)
    setError(undefined)
    if (busy) return
    if (emails.length === 0) return refuse(MISSING)
    setBusy(true)
    setOutcome(null)
    const next = await inviteAll(org, emails, role)
    setBusy(false)
    setOutcome(next)
    setText(next.refused.map(({ email }) => email).join('\n'))
    const [invited, refused] = [countOf(next), refusalOf(next)]
    const told = [invited, refused].filter((one) => one !== null).join(' ')
    if (refused) refuse(refused, told)
    else announce(told)
    await client.invalidateQueries(invitationsOf(org))
  }
  return { id, text, setText, busy, error, outcome, send }
}

/** Invites several addresses with one role. Those that were refused stay in the field, with the reason. */
export function InviteForm({ org, viewer }: { org: Place; viewer: Viewer }) {
  const { id, text, setText, busy, error, outcome, send } = useInviting(org.slug)
  const [role, setRole] = useState<RoleName>('member')
  return (
    <form
      noValidate
      className="grid max-w-form gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void send(role)
      }}
    >
      <Field id={id} label="Email addresses" hint="One or more, separated by commas or lines." error={error}>
        {(control) => (
          <Textarea {...control} name="emails" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <Field label="Role">
        {(control) => (
          <RoleSelect {...control} value={role} mayMakeOwner={viewer.role === 'owner'} onChange={setRole} />
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Invite
        </Button>
      </div>
      {outcome && <Told outcome={outcome} />}
    </form>
  )
}

function Told({ outcome: { sent, unmailed, refused } }: { outcome: Outcome }) {
  return (
    <>
      {sent.length > 0 && <Notice tone="ok" title={`Invited ${list.format(sent)}`} />}
      {unmailed.length > 0 && (
        <Notice tone="warn" title={`The mail to ${list.format(unmailed)} could not be sent`}>
          The invitation stands. Press Resend beside it to try again.
        </Notice>
      )}
      {refused.length > 1 && (
        <Notice tone="error" title="Not invited">
          <ul>
            {refused.map(({ email, text }) => (
              <li key={email}>
                {email}: {text}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}
