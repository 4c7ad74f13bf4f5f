'use client'
import { type FormEvent, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Radio } from '#components/ui/checkbox.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { Field, Fieldset } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { sendTrial, type Trial, type TrialAnswer } from '#lib/http/client.ts'
import type { Documented } from '#lib/http/documented.ts'
import { CodeBlock } from './code-block.tsx'

export type Tried = Pick<Documented, 'method' | 'path' | 'isPublic' | 'scope'> & {
  parameters: readonly { name: string; in: 'path' | 'query'; required: boolean; given: string }[]
  /** The body to begin with; null where there is none. */
  body: string | null
}

const textOf = (data: FormData, name: string): string => {
  const value = data.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** The request that the form's fields mean. */
function trialOf({ method, path, parameters, body }: Tried, data: FormData, isToken: boolean): Trial {
  const value = (name: string) => textOf(data, `parameter-${name}`)
  const filled = parameters
    .filter((one) => one.in === 'path')
    .reduce((address, { name }) => address.replace(`{${name}}`, encodeURIComponent(value(name))), path)
  const query = new URLSearchParams(
    parameters.flatMap((one) => (one.in === 'query' && value(one.name) ? [[one.name, value(one.name)]] : [])),
  )
  return {
    method,
    path: query.size > 0 ? `${filled}?${query}` : filled,
    body: body === null ? null : textOf(data, 'body'),
    token: isToken ? textOf(data, 'token') : null,
  }
}

function useTrial(tried: Tried) {
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<TrialAnswer | null>(null)
  const [failure, setFailure] = useState('')
  const send = async (trial: Trial) => {
    if (busy) return
    setBusy(true)
    setFailure('')
    setAnswer(null)
    try {
      const got = await sendTrial(trial)
      setAnswer(got)
      announce(`Answered ${got.status}`)
    } catch {
      setFailure('Plugboard cannot be reached. Check your connection and try again.')
    } finally {
      setBusy(false)
    }
  }
  return { busy, answer, failure, send, isChange: tried.method !== 'GET', isEnd: tried.method === 'DELETE' }
}

/** Sends the operation for real, as the reader or with a token, and shows what comes back. */
export function TryOperation({ tried }: { tried: Tried }) {
  const form = useRef<HTMLFormElement>(null)
  const [isToken, setIsToken] = useState(false)
  const [asking, setAsking] = useState<Trial | null>(null)
  const { busy, answer, failure, send, isChange, isEnd } = useTrial(tried)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!form.current) return
    const trial = trialOf(tried, new FormData(form.current), isToken)
    if (isEnd) setAsking(trial)
    else void send(trial)
  }
  return (
    <div className="grid gap-4">
      {isChange && (
        <Notice tone="warn" title="This is no rehearsal">
          What it changes is changed for real, for everybody whom it concerns.
        </Notice>
      )}
      <form ref={form} onSubmit={submit} className="grid max-w-form gap-4" autoComplete="off">
        {tried.parameters.map(({ name, required, given }) => (
          <Field key={name} label={name} hint={required ? undefined : 'May be left out.'}>
            {(control) => (
              <Input
                {...control}
                mono
                name={`parameter-${name}`}
                defaultValue={given}
                required={required}
                spellCheck={false}
              />
            )}
          </Field>
        ))}
        {tried.body !== null && (
          <Field label="Body" hint="JSON">
            {(control) => (
              <Textarea
                {...control}
                name="body"
                rows={8}
                defaultValue={tried.body ?? ''}
                className="font-mono"
                spellCheck={false}
              />
            )}
          </Field>
        )}
        {!tried.isPublic && <Credentials tried={tried} isToken={isToken} onChoose={setIsToken} />}
        <div>
          <Button type="submit" variant={isEnd ? 'danger' : 'primary'} busy={busy}>
            Send {tried.method}
          </Button>
        </div>
      </form>
      {failure && <Notice tone="error" live="alert" title={failure} />}
      {answer && <Answer answer={answer} />}
      {asking && (
        <AlertDialog
          title={`Send DELETE ${asking.path}?`}
          confirm="Send DELETE"
          onConfirm={() => {
            setAsking(null)
            void send(asking)
          }}
          onClose={() => setAsking(null)}
        >
          <p>It ends what the address names, for real. It cannot be taken back from here.</p>
        </AlertDialog>
      )}
    </div>
  )
}

function Credentials({
  tried,
  isToken,
  onChoose,
}: {
  tried: Tried
  isToken: boolean
  onChoose: (isToken: boolean) => void
}) {
  return (
    <>
      <Fieldset legend="Sent as">
        <Radio name="as" label="Yourself, in this browser" checked={!isToken} onChange={() => onChoose(false)} />
        <Radio name="as" label="A script, with an API token" checked={isToken} onChange={() => onChoose(true)} />
      </Fieldset>
      {isToken && (
        <Field label="API token" hint={tried.scope === null ? 'No token may do this.' : 'It is sent and not kept.'}>
          {(control) => (
            <Input {...control} mono type="password" name="token" autoComplete="off" spellCheck={false} required />
          )}
        </Field>
      )}
    </>
  )
}

function Answer({ answer: { status, reason, media, text, ms } }: { answer: TrialAnswer }) {
  return (
    <section className="grid gap-2" aria-label="Answer">
      <p className="font-medium">
        {status} {reason} <span className="font-normal text-ink-3 text-small">{`${media || 'no body'}, ${ms} ms`}</span>
      </p>
      {text && <CodeBlock label="The body of the answer" text={text} />}
    </section>
  )
}
