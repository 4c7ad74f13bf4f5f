'use client'
import { type FormEvent, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { textOf } from '#components/ui/text-of.ts'
import { problemOf } from '#lib/platform/client.ts'
import { orderReport, type ReportStanding } from '#lib/resources/client.ts'
import type { ReportForm, ReportView, ResourceView } from '#lib/resources/schema.ts'
import { webAddress } from '../links.ts'

/** `isGone`: the last look did not find it. */
type Written = Pick<ReportView, 'text' | 'parts'> & { state: ReportStanding; problem: string | null; isGone: boolean }
type Props = {
  org: string
  resource: ResourceView
  form: ReportForm
  title: string
  /** What was asked for, as it stands; null before. */
  report: Written | null
  /** Keeps the id of what was asked for, and forgets that of what was before. */
  onOrdered: (id: string) => void
  onLook: () => void
  onClose: () => void
}

/** Asks for a report, tells how long it takes, and shows it. What was asked for before is kept until another one is. */
export function ReportDialog({ org, resource, form, title, report: kept, onOrdered, onLook, onClose }: Props) {
  const [again, setAgain] = useState(false)
  const report = again ? null : kept
  const order = (id: string) => {
    setAgain(false)
    onOrdered(id)
  }
  const another = <Button onClick={() => setAgain(true)}>Ask again</Button>
  return (
    <Dialog title={title} description={form.about} size="wide" onClose={onClose}>
      {report === null && <Order {...{ org, resource, form, onClose }} onOrdered={order} />}
      {report?.state === 'pending' && (
        <>
          {report.problem && <p>{report.problem} What was asked for is looked at again by itself.</p>}
          <p>Being written. You can close this and go on; the card says when they are there.</p>
        </>
      )}
      {report?.state === 'stopped' && (
        <>
          <p className="text-error">{report.problem ?? 'They have not come in ten minutes.'}</p>
          <p>
            {report.isGone
              ? 'What was asked for is not there any more, or may not be read any more.'
              : 'What was asked for is not lost: another look may find it.'}
          </p>
          <DialogActions>
            <Button onClick={onLook}>Look again</Button>
            {another}
          </DialogActions>
        </>
      )}
      {report?.state === 'failed' && (
        <>
          <p className="text-error">They could not be written this time.</p>
          <DialogActions>{another}</DialogActions>
        </>
      )}
      {report?.state === 'ready' && (
        <>
          <Words report={report} />
          <DialogActions>{another}</DialogActions>
        </>
      )}
    </Dialog>
  )
}

function Order({ org, resource, form, onOrdered, onClose }: Omit<Props, 'title' | 'report' | 'onLook'>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const said = Object.fromEntries(form.fields.map(({ name }) => [name, textOf(event.currentTarget, name)]))
    setBusy(true)
    setProblem('')
    try {
      const { id } = await orderReport(org, resource, said)
      announce('Asked. This takes a few minutes.')
      onOrdered(id)
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
      setBusy(false)
    }
  }
  return (
    <form className="grid gap-4" onSubmit={(event) => void send(event)}>
      {form.fields.map(({ name, label, hint }) => (
        <Field key={name} label={label} {...(hint ? { hint } : {})}>
          {(control) => <Input {...control} name={name} maxLength={1000} autoComplete="off" />}
        </Field>
      ))}
      {problem && <p className="text-error">{problem}</p>}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Ask
        </Button>
      </DialogActions>
    </form>
  )
}

const plain = 'whitespace-pre-line break-words text-ink-2'

/** What the provider wrote: foreign words, drawn as text. */
function Words({ report: { text, parts = [] } }: { report: Written }) {
  return (
    <div className="grid gap-4">
      {text && <p className={plain}>{text}</p>}
      {parts.map((part, at) => {
        const url = webAddress(part.url)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
          <section key={at} className="grid gap-1">
            <h3 className="font-semibold">{part.title}</h3>
            <p className={plain}>{part.text}</p>
            {url && (
              <p>
                <a className="link" href={url} target="_blank" rel="noreferrer">
                  Open it<span className="sr-only"> ({part.title}, opens in new tab)</span>
                </a>
              </p>
            )}
          </section>
        )
      })}
      {!text && parts.length === 0 && <p>Nothing to tell: no sessions were found.</p>}
    </div>
  )
}
