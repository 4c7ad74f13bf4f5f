'use client'
import { useState } from 'react'
import { Radio } from '#components/ui/checkbox.tsx'
import { Details } from '#components/ui/details.tsx'
import { Field, Fieldset } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { FieldView } from '#lib/connections/schema.ts'
import { inputName, type KeyMethod } from './key-words.ts'
import { foreignKey } from './pasted-key.ts'
import { SecretInput } from './secret-input.tsx'
import type { KeyAnswers } from './use-key-answers.ts'

type Props = {
  provider: { name: string }
  method: KeyMethod
  choices: Readonly<Record<string, string>>
  answers: KeyAnswers
  /** What is left as it is keeps what it was. */
  isReplaced: boolean
  onChoose: (name: string, choice: string) => void
}

/** What a provider must be told besides, and the secret itself; what hardly anybody needs is folded away. */
export function KeyFields({ provider, method, choices, answers, isReplaced, onChoose }: Props) {
  const { fields, noun } = method
  // of a key that is replaced nothing else need be typed
  const first = fields.find(({ advanced, secret, choices: some }) => !advanced && !some && (secret || !isReplaced))
  const draw = (field: FieldView) => {
    if (field.choices)
      return <Choices key={field.name} {...{ field, isReplaced, onChoose }} chosen={choices[field.name] ?? ''} />
    const props = { field, answers, isFirst: field === first }
    if (field.secret)
      return <SecretField key={field.name} {...props} name={provider.name} noun={field.advanced ? field.label : noun} />
    return <TextField key={field.name} {...props} isReplaced={isReplaced} />
  }
  const advanced = fields.filter((field) => field.advanced)
  return (
    <>
      {fields.filter((field) => !field.advanced).map(draw)}
      {advanced.length > 0 && (
        <Details summary="Advanced" open={advanced.some(({ name }) => answers.errors[name] !== undefined) || undefined}>
          <div className="grid gap-3 pt-1">{advanced.map(draw)}</div>
        </Details>
      )}
    </>
  )
}

const labelOf = ({ label, optional }: FieldView) =>
  optional ? (
    <>
      {label} <span className="font-normal text-ink-3 text-small">optional</span>
    </>
  ) : (
    label
  )

const hintOf = ({ hint }: FieldView) => (hint ? { hint } : {})

type ChoicesProps = Pick<Props, 'isReplaced' | 'onChoose'> & { field: FieldView; chosen: string }

function Choices({ field, chosen, isReplaced, onChoose }: ChoicesProps) {
  const choices = [...(isReplaced ? [{ id: '', label: 'As it is now' }] : []), ...(field.choices ?? [])]
  return (
    <Fieldset legend={field.label} {...hintOf(field)}>
      {choices.map(({ id, label }) => (
        <Radio
          key={id}
          name={inputName(field)}
          value={id}
          label={label}
          checked={id === chosen}
          onChange={() => onChoose(field.name, id)}
        />
      ))}
    </Fieldset>
  )
}

type OneProps = { field: FieldView; answers: KeyAnswers; isFirst: boolean }

function TextField({ field, answers, isFirst, isReplaced }: OneProps & { isReplaced: boolean }) {
  const hint = isReplaced ? { hint: 'Leave it empty to keep it as it is.' } : hintOf(field)
  return (
    <Field label={labelOf(field)} {...hint} {...answers.field(field.name)}>
      {(control) => (
        <Input
          {...control}
          {...(isFirst ? { 'data-autofocus': true } : {})}
          mono
          name={inputName(field)}
          placeholder={field.placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      )}
    </Field>
  )
}

function SecretField({ field, answers, isFirst, name, noun }: OneProps & { name: string; noun: string }) {
  const [note, setNote] = useState('')
  const [doubt, setDoubt] = useState<string | null>(null)
  const isHeld = answers.isHeld(field.name)
  const onText = (text: string, wasCleaned: boolean) => {
    if (wasCleaned) setNote(`Removed spaces around the ${noun}.`)
    else if (text === '') setNote('')
    setDoubt(field.advanced ? null : foreignKey(text, name, noun))
    answers.note(field.name, text !== '')
  }
  return (
    <div className="grid gap-1">
      <Field label={labelOf(field)} {...hintOf(field)} {...answers.field(field.name)}>
        {(control) => (
          <SecretInput
            {...{ control, noun, onText }}
            name={inputName(field)}
            hideOn={answers.tries}
            isFirst={isFirst}
            placeholder={isHeld ? 'Kept for another try' : field.placeholder}
          />
        )}
      </Field>
      <p role="status" className="text-ink-2 text-small empty:hidden">
        {note}
      </p>
      <p role="status" className="text-small text-warn empty:hidden">
        {doubt}
      </p>
    </div>
  )
}

/** Where people keep the original and when it ends: for whoever has to replace it one day. */
export function KeyKeeping({ answers }: { answers: KeyAnswers }) {
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_11rem]">
      <Field label="Where is it kept?" hint="A name or a link, not the secret." {...answers.field('keptAt')}>
        {(control) => <Input {...control} name="keptAt" autoComplete="off" />}
      </Field>
      <Field label="Expires on" hint="As far as you know." {...answers.field('expiresOn')}>
        {(control) => <Input {...control} type="date" name="expiresOn" />}
      </Field>
    </div>
  )
}
