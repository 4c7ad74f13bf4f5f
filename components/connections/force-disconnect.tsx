import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { tellWrong } from '#components/ui/tell-wrong.ts'

type Props = {
  name: string
  /** Whether something uses it, so that the provider's name is to be typed first. */
  isTyped: boolean
  busy: boolean
  /** What is cleared, where that is not the token too. */
  clears?: string
  onForce: () => void
}

/** The way out when the provider no longer knows us and the ordinary way cannot end. */
export function ForceDisconnect({ name, isTyped, busy, clears = 'the token and saved setup', onForce }: Props) {
  const id = useId()
  const [error, setError] = useState('')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const typed = new FormData(event.currentTarget).get('name')
    if (!isTyped || (typeof typed === 'string' && typed.trim().toLowerCase() === name.toLowerCase())) return onForce()
    const wrong = `Type ${name} to force it.`
    setError(wrong)
    tellWrong(id, wrong)
  }
  return (
    <form
      noValidate
      autoComplete="off"
      className="grid gap-2 rounded-control border border-line bg-paper px-3 py-2.5"
      onSubmit={submit}
    >
      <p>
        Connection stuck? If the app was already removed from {name} but Plugboard still shows it as connected, use
        Force Disconnect to clear the stale connection.
      </p>
      <p className="text-ink-2 text-small">
        Clears {clears} here without contacting {name}.
      </p>
      {isTyped && (
        <Field label={`Type ${name} to force it`} id={id} {...(error ? { error } : {})}>
          {(control) => <Input {...control} name="name" className="max-w-form" spellCheck={false} />}
        </Field>
      )}
      <div>
        <Button type="submit" size="row" variant="secondary-danger" busy={busy}>
          Force Disconnect
        </Button>
      </div>
    </form>
  )
}
