'use client'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { Input } from '#components/ui/input.tsx'
import { useOpenBoard } from '../board-context.ts'
import { titleOf } from '../cards/body.ts'
import type { Source } from '../sources.ts'
import type { Wanted } from '../use-adding.ts'
import { activeOf, keyAct } from './active.ts'
import { Audience } from './audience.tsx'
import { Connecting } from './connecting.tsx'
import { Crumbs } from './crumbs.tsx'
import { countText, type Option, type Search } from './groups.ts'
import { crumb, type Level, top } from './levels.ts'
import { Options } from './options.tsx'
import { remember } from './recent.ts'
import { useGroups } from './use-groups.ts'
import { useSettled } from './use-settled.ts'

const COUNTED_AFTER_MS = 500

export type PaletteProps = {
  sources: readonly Source[]
  /** Puts what was chosen on the board. */
  onAdd: (wanted: readonly Wanted[]) => void
  /** Puts addresses on the board as they are. */
  onKeepLinks: (urls: readonly string[]) => void
  onClose: () => void
}

/**
 * Finds something in everything one has connected and puts it on the board: a combobox (WAI-ARIA APG) whose list can be
 * gone into. Enter adds, with Ctrl or ⌘ the palette stays open; → goes in, ← and Backspace come back.
 */
export function Palette({ sources, onAdd, onKeepLinks, onClose }: PaletteProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [path, setPath] = useState<readonly Level[]>([top])
  const [text, setText] = useState('')
  const [search, setSearch] = useState<Search | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [connecting, setConnecting] = useState<Source | null>(null)
  const [tries, setTries] = useState(0)
  const { place } = useOpenBoard()
  const level = path.at(-1) ?? top
  const groups = useGroups({ place, sources, level, text, search, tries })
  const options = groups.flatMap((group) => group.options)
  const active = activeOf(groups, chosen)
  const isSettled = useSettled([path.length, text, search?.kind].join('\n'))
  const standing = isSettled && chosen === null && active?.type === 'resource' ? active.id : null
  // a source that answers late comes in around what Enter would take
  if (standing !== null) setChosen(standing)
  useCounted(level.at === 'top' && text.trim() === '' ? null : countText(groups))

  const type = (typed: string) => {
    setText(typed)
    setSearch(null)
    setChosen(null)
  }
  const go = (to: readonly Level[]) => {
    setPath(to.length > 0 ? to : [top])
    type('')
    input.current?.focus()
  }
  const enter = (option: Option | undefined): boolean => {
    const into = option?.type === 'resource' ? option.into : option?.type === 'level' ? option.level : null
    if (into) go([...path, into])
    return into !== null
  }
  const choose = (option: Option, isStaying: boolean) => {
    if (option.type === 'closed') return
    if (option.type === 'level') return void enter(option)
    if (option.type === 'search') return setSearch(option.search)
    if (option.type === 'connect') return setConnecting(option.source)
    if (option.type === 'retry') return setTries((before) => before + 1)
    // beside the board: what was typed stays here until it helps
    if (option.type === 'open') return void window.open(option.href, '_blank', 'noopener')
    if (option.type === 'link' && option.isPlain) onKeepLinks(option.urls)
    else if (option.type === 'link') onAdd(option.urls.map((url) => ({ label: url, input: { url } })))
    else {
      const { connectionId: connection, kind, id: resource } = option.resource
      remember(option.resource)
      onAdd([{ label: titleOf(option.resource), input: { connection, kind, resource } }])
    }
    if (!isStaying) onClose()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget
    const caret = selectionStart === selectionEnd ? selectionStart : null
    const act = keyAct(event, { options, active, text, caret, depth: path.length })
    if (!act) return
    event.preventDefault()
    if ('to' in act) setChosen(act.to)
    else if (act.does === 'back') go(path.slice(0, -1))
    else if (act.does === 'enter') enter(active)
    else if (active) choose(active, act.does === 'stay')
  }
  const listId = `${id}-list`
  const optionId = (option: Option) => `${id}-${options.indexOf(option)}`
  return (
    <Dialog title="Add a reference" size="wide" onClose={onClose}>
      <div className="grid grid-cols-1 gap-3">
        <Crumbs path={path} onGo={(depth) => go(path.slice(0, depth + 1))} />
        <Input
          ref={input}
          role="combobox"
          aria-label="Find something, or paste a link"
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-activedescendant={active ? optionId(active) : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={
            level.at === 'top'
              ? "Type to search everything you've connected, or paste a link"
              : `Type to search in ${crumb(level)}`
          }
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Audience option={active} sources={sources} />
        <Options {...{ id: listId, groups, isSettled, active, optionId, onChoose: choose, onEnter: enter }} />
        <Connecting sources={sources} wanted={connecting} onSent={() => setConnecting(null)} />
        <p aria-hidden="true" className="text-ink-3 text-meta pointer-coarse:hidden">
          ↑↓ choose · Enter add · Ctrl Enter add and stay · → go in · ← go back · code: searches code
        </p>
      </div>
    </Dialog>
  )
}

/** Says how much there is, once it has stood still for a moment. */
function useCounted(count: string | null): void {
  useEffect(() => {
    if (!count) return
    const timer = setTimeout(() => announce(count), COUNTED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [count])
}
