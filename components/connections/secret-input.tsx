'use client'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { FieldControl } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { cleanKey } from './pasted-key.ts'

/**
 * What keeps password managers and the browser away from a field that is no password of the person's. Chrome takes
 * autocomplete="off" for a wish on password fields (developer.mozilla.org/docs/Web/Security/Practical_implementation_guides/Turning_off_form_autocompletion);
 * type=password stays, because a screen reader does not speak what is in it.
 */
const isNoPassword = {
  autoComplete: 'new-password',
  spellCheck: false,
  autoCapitalize: 'off',
  autoCorrect: 'off',
  'data-1p-ignore': true,
  'data-lpignore': 'true',
  'data-bwignore': true,
  'data-form-type': 'other',
} as const satisfies ComponentProps<'input'> & Record<`data-${string}`, unknown>

type Props = {
  control: FieldControl
  name: string
  noun: string
  /** The input is shown as dots again when this changes. */
  hideOn: number
  isFirst: boolean
  placeholder?: string | undefined
  /** What stands in it, cleaned, and whether something was taken off. */
  onText: (text: string, wasCleaned: boolean) => void
}

/**
 * The field of a secret. The browser alone holds what is in it: React would write a value that it controls into the
 * document. It is emptied when the field goes.
 */
export function SecretInput({ control, name, noun, hideOn, isFirst, placeholder, onText }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [isShown, setIsShown] = useShown(hideOn)
  useEffect(() => {
    const own = input.current
    return () => {
      if (own) own.value = ''
    }
  }, [])
  const tidy = (own: HTMLInputElement) => {
    const text = cleanKey(own.value)
    const wasCleaned = text !== own.value
    if (wasCleaned) own.value = text
    onText(text, wasCleaned)
  }
  return (
    <div className="flex gap-2">
      <Input
        ref={input}
        {...control}
        {...isNoPassword}
        {...(isFirst ? { 'data-autofocus': true } : {})}
        mono
        type={isShown ? 'text' : 'password'}
        name={name}
        placeholder={placeholder}
        onInput={({ currentTarget }) => tidy(currentTarget)}
      />
      <Button
        aria-pressed={isShown}
        aria-label={`Show ${noun}`}
        className="aria-pressed:bg-inset"
        onClick={() => setIsShown(!isShown)}
      >
        Show
      </Button>
    </div>
  )
}

/** Shown until it is sent, or the person goes to another window. */
function useShown(hideOn: number) {
  const [shownAt, setShownAt] = useState<number | null>(null)
  const isShown = shownAt === hideOn
  useEffect(() => {
    if (!isShown) return
    const hide = () => setShownAt(null)
    window.addEventListener('blur', hide)
    return () => window.removeEventListener('blur', hide)
  }, [isShown])
  return [isShown, (isWanted: boolean) => setShownAt(isWanted ? hideOn : null)] as const // as const: a pair
}
