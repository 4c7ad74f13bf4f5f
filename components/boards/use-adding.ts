'use client'
import { useCallback, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import type { ObjectView } from '#lib/boards/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import type { Place } from './outline.ts'
import type { Changes } from './use-changes.ts'

/** What is being written and not yet on the board. */
export type Draft = { type: 'note' | 'section'; place: Place }
/** A thing somebody points at, by its address or by one of their search results; `label` is what they saw of it. */
export type Wanted = { label: string; input: { url: string } | { connection: string; kind: string; resource: string } }
/** A reference on its way, or one that is here already: then somebody decides. */
export type Pending = Wanted & { key: string; place: Place; duplicateOf: string | null }

export type Adding = {
  draft: Draft | null
  setDraft: (draft: Draft | null) => void
  /** Puts a note or section on the board; false when it could not be done. */
  write: (draft: Draft, text: string) => Promise<boolean>
  pending: readonly Pending[]
  /** Adds references one behind the other; returns the ids of those that are on the board now. */
  refer: (wanted: readonly Wanted[], place: Place) => Promise<string[]>
  /** Adds pasted addresses as references; of one alone it can then be chosen how it is shown. */
  paste: (urls: readonly string[], place: Place) => Promise<string[]>
  /** The reference that a link was just pasted for, while one may choose how it is shown. */
  pasted: { id: string; url: string } | null
  forgetPasted: () => void
  /** Adds addresses as they are, as notes. */
  keepLinks: (urls: readonly string[], place: Place) => Promise<string[]>
  addAgain: (pending: Pending) => Promise<void>
  drop: (key: string) => void
}

const placed = ({ section, after }: Place) => ({ section, ...(after ? { after } : {}) })

/** What is on its way to the board. */
export function useAdding({ add, fail }: Pick<Changes, 'add' | 'fail'>, focus: (objectId: string) => void): Adding {
  const [draft, setDraft] = useState<Draft | null>(null)
  const [pending, setPending] = useState<readonly Pending[]>([])
  const [pasted, setPasted] = useState<Adding['pasted']>(null)
  const forgetPasted = useCallback(() => setPasted(null), [])
  const drop = (key: string) => setPending((all) => all.filter((one) => one.key !== key))

  const link = (url: string, place: Place) => add({ type: 'note', text: url, ...placed(place) }, `added ${url}`)
  const reference = ({ label, input }: Wanted, place: Place, again = false) =>
    add({ type: 'reference', ...input, ...(again ? { again } : {}), ...placed(place) }, `added ${label}`)

  async function referOne(wanted: Wanted, place: Place): Promise<ObjectView | null> {
    const key = crypto.randomUUID()
    setPending((all) => [...all, { ...wanted, key, place, duplicateOf: null }])
    try {
      const object = await reference(wanted, place)
      drop(key)
      return object
    } catch (error) {
      const { kind, extra } = problemOf(error)
      const there = extra.members?.objectId
      if (kind === 'already-exists' && typeof there === 'string') {
        setPending((all) => all.map((one) => (one.key === key ? { ...one, duplicateOf: there } : one)))
        return null
      }
      drop(key)
      if (kind === 'link-not-recognized' && 'url' in wanted.input) {
        const kept = extra.members?.url
        return link(typeof kept === 'string' ? kept : wanted.input.url, place)
      }
      throw error
    }
  }

  /** One behind the other, until one fails. */
  async function inTurn<T>(
    all: readonly T[],
    place: Place,
    work: (one: T, place: Place) => Promise<ObjectView | null>,
  ) {
    const added: string[] = []
    try {
      for (const one of all) {
        const last = added.at(-1)
        const object = await work(one, last ? { ...place, after: last } : place)
        if (object) added.push(object.id)
      }
    } catch (error) {
      fail(error)
    }
    if (added.length > 0) announce(added.length === 1 ? 'Added.' : `Added ${added.length}.`)
    return added
  }

  return {
    draft,
    setDraft,
    write: async ({ type, place }, text) => {
      const [id] = await inTurn([text], place, (words, at) =>
        type === 'note'
          ? add({ type, text: words, ...placed(at) }, 'added a note')
          : add({ type, text: words, ...(at.after ? { after: at.after } : {}) }, `added section ${words}`),
      )
      if (!id) return false
      setDraft(null)
      focus(id)
      return true
    },
    pending,
    refer: (wanted, place) => inTurn(wanted, place, referOne),
    paste: (urls, place) =>
      inTurn(urls, place, async (url, at) => {
        const object = await referOne({ label: url, input: { url } }, at)
        if (object?.type === 'reference' && urls.length === 1) setPasted({ id: object.id, url })
        return object
      }),
    pasted,
    forgetPasted,
    keepLinks: (urls, place) => inTurn(urls, place, link),
    addAgain: async (one) => {
      drop(one.key)
      const [id] = await inTurn([one], one.place, (wanted, at) => reference(wanted, at, true))
      if (id) focus(id)
    },
    drop,
  }
}
