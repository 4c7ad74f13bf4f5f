'use client'
import { useQuery } from '@tanstack/react-query'
import { cx } from 'class-variance-authority'
import { type KeyboardEvent, useId, useState } from 'react'
import { bodyOf, numberIn, textIn } from '#components/boards/cards/body.ts'
import { priceText, tokensText } from '#components/boards/cards/model-words.ts'
import { useDebounced } from '#components/boards/palette/use-debounced.ts'
import { Input } from '#components/ui/input.tsx'
import type { AskView } from '#lib/answers/schema.ts'
import { resourcesOf } from '#lib/resources/client.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import type { Model } from './use-answers.ts'

const SHOWN = 30

function factsOf(model: ResourceView): string {
  const body = bodyOf(model)
  const context = numberIn(body, 'contextLength')
  const price = priceText(textIn(body, 'inputPrice'), textIn(body, 'outputPrice'))
  return [context !== null && tokensText(context), price].filter(Boolean).join(' · ')
}

/** The models that can be asked, found as somebody types; the first is what one begins with. */
export function useModels(org: string, ask: AskView, q: string) {
  const query = { kind: ask.kind, ...(q ? { q } : {}) }
  return useQuery({
    ...resourcesOf(org, ask.connectionId ?? '', query),
    enabled: ask.connectionId !== null,
    placeholderData: (before) => before,
  })
}

/** Chooses a model by name, with its context size and price (WAI-ARIA APG: editable combobox with a list). */
export function ModelPicker({
  org,
  ask,
  model,
  onChoose,
}: {
  org: string
  ask: AskView
  model: Model | null
  onChoose: (model: Model) => void
}) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const q = useDebounced((typed ?? '').trim())
  const { data, isError } = useModels(org, ask, q)
  const isOpen = typed !== null
  const options = (data?.items ?? []).slice(0, SHOWN)
  const active = options[Math.min(at, options.length - 1)]
  const close = () => setTyped(null)
  const open = () => {
    setTyped('')
    setAt(0)
  }
  const choose = ({ id: chosen, title }: ResourceView) => {
    onChoose({ id: chosen, title })
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    if (!isOpen) {
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return
      event.preventDefault()
      return open()
    }
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 }
    const place = to[key]
    if (place !== undefined) setAt(Math.max(0, Math.min(place, options.length - 1)))
    else if (key === 'Enter' && active) choose(active)
    else if (key !== 'Escape') return
    if (key === 'Escape') close()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative grid gap-1">
      <label htmlFor={id} className="text-ink-2 text-small">
        Model
      </label>
      <Input
        id={id}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active ? `${id}-${active.id}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={typed ?? model?.title ?? ''}
        placeholder={isOpen ? (model?.title ?? 'Type a name') : 'Choose a model'}
        onClick={() => isOpen || open()}
        onChange={({ target }) => {
          setTyped(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {isOpen && (
        <div className="float absolute inset-x-0 bottom-full z-10 mb-1 max-h-64 overflow-y-auto p-1">
          {options.length === 0 && (
            <p className="px-2 py-1.5 text-ink-2">{isError ? 'Models can’t be listed now.' : 'No such model.'}</p>
          )}
          <div id={`${id}-list`} role="listbox" aria-label="Models">
            {options.map((option) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's (APG combobox)
              <div
                key={option.id}
                id={`${id}-${option.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={option === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
                className={cx('cursor-pointer rounded-badge px-2 py-1.5', option === active && 'bg-accent-soft')}
              >
                <span className="block break-words">{option.title}</span>
                <span className="block text-ink-2 text-small tabular-nums">{factsOf(option)}</span>
              </div>
            ))}
          </div>
        </div>
      )}
    </div>
  )
}
