import { useEffect, useId, useRef, useState } from 'react'
import { tellWrong } from '#components/ui/tell-wrong.ts'
import type { FieldView } from '#lib/connections/schema.ts'
import { inputName } from './key-words.ts'
import type { KeyTest, KeyValues } from './use-key-test.ts'

export type KeyAnswers = ReturnType<typeof useKeyAnswers>
type Errors = Readonly<Record<string, string>>
type Around = {
  test: KeyTest
  /** What is left empty besides the secret stays as it is. */
  isReplacing: boolean
  onDirty: (isDirty: boolean) => void
}

/**
 * What is in the form of a key. All but the secrets stay where they were typed. A secret that was sent leaves its field and
 * is held here for another try, until it is refused, replaced by another or the form goes.
 */
export function useKeyAnswers(fields: readonly FieldView[], { test, isReplacing, onDirty }: Around) {
  const prefix = useId()
  const held = useRef<Record<string, string>>({})
  const typed = useRef(new Set<string>())
  const [tries, setTries] = useState(0)
  const [missing, setMissing] = useState<Errors>({})
  const refused = refusedIn(test, [...fields.map(({ name }) => name), 'keptAt', 'expiresOn'])
  const errors: Errors = { ...missing, ...refused }

  const tellDirty = () => onDirty(typed.current.size > 0 || Object.keys(held.current).length > 0)
  const lead = (wrong: Errors) => {
    const [first, ...others] = Object.entries(wrong)
    // two errors or more are focused by their summary
    if (first && others.length === 0) tellWrong(`${prefix}${first[0]}`, first[1])
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each test
  useEffect(() => {
    for (const name of Object.keys(refused)) delete held.current[name]
    lead(refused)
    tellDirty()
  }, [test])
  useEffect(
    () => () => {
      held.current = {}
    },
    [],
  )

  /** Reads the form and takes its secrets out of the document; null, and told at the field, where something is missing. */
  const take = (form: HTMLFormElement): KeyValues | null => {
    const { values, lacking } = readFields(form, fields, { held: held.current, isReplacing })
    setMissing(lacking)
    lead(lacking)
    if (Object.keys(lacking).length > 0) return null
    held.current = takeSecrets(form, fields, values)
    typed.current.clear()
    setTries(tries + 1)
    tellDirty()
    const data = new FormData(form)
    const [keptAt, expiresOn] = [textIn(data, 'keptAt'), textIn(data, 'expiresOn')]
    return { fields: values, ...(keptAt ? { keptAt } : {}), ...(expiresOn ? { expiresOn } : {}) }
  }

  return {
    tries,
    take,
    errors,
    isAtField: Object.keys(refused).length > 0,
    summary: Object.entries(errors).map(([name, text]) => ({ id: `${prefix}${name}`, text })),
    /** What a Field needs besides its label. */
    field: (name: string) => ({ id: `${prefix}${name}`, ...(errors[name] ? { error: errors[name] } : {}) }),
    /** Whether a secret that left its field is here for another try. */
    isHeld: (name: string) => tries > 0 && errors[name] === undefined,
    note: (name: string, isTyped: boolean) => {
      if (isTyped) typed.current.add(name)
      else typed.current.delete(name)
      tellDirty()
    },
  }
}

const textIn = (data: FormData, name: string): string => {
  const value = data.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

type Kept = { held: Errors; isReplacing: boolean }

function readFields(form: HTMLFormElement, fields: readonly FieldView[], { held, isReplacing }: Kept) {
  const data = new FormData(form)
  const values: Record<string, string> = {}
  const lacking: Record<string, string> = {}
  for (const field of fields) {
    const text = textIn(data, inputName(field)) || (field.secret ? (held[field.name] ?? '') : '')
    if (text) values[field.name] = text
    else if (!field.optional && !(isReplacing && !field.secret)) lacking[field.name] = `${field.label} is needed.`
  }
  return { values, lacking }
}

/** Takes the secrets out of the document and returns them. */
function takeSecrets(form: HTMLFormElement, fields: readonly FieldView[], values: Errors): Record<string, string> {
  const secrets: Record<string, string> = {}
  for (const field of fields) {
    const input = form.elements.namedItem(inputName(field))
    const value = values[field.name]
    if (!field.secret || value === undefined || !(input instanceof HTMLInputElement)) continue
    secrets[field.name] = value
    input.value = ''
  }
  return secrets
}

/** What was refused at one of these fields: `/fields/token` is the field `token`, `/keptAt` that of the note. */
function refusedIn(test: KeyTest, names: readonly string[]): Errors {
  if (test.is !== 'refused') return {}
  const told = (test.problem.extra.errors ?? []).map(
    ({ pointer, detail }) => [pointer.replace(/^\/(?:fields\/)?/, ''), detail] as const, // as const: a pair
  )
  return Object.fromEntries(told.filter(([name]) => names.includes(name)))
}
