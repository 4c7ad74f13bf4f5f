'use client'
import { useEffect, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { askBoard } from '#lib/answers/client.ts'
import type { AnswerEvent, Source, Trouble } from '#lib/answers/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { citedIn, countWords, paragraphsOf } from './answer-text.ts'

export type Model = { id: string; title: string }
export type Entry = {
  id: string
  question: string
  model: Model
  status: 'asking' | 'done' | 'stopped' | 'failed'
  text: string
  sources: readonly Source[]
  /** Whether only the most recent of the cards were used. */
  isCut: boolean
  /** How a finished answer ended. */
  end: 'whole' | 'length' | 'filter' | null
  trouble: (Pick<Trouble, 'detail' | 'retryAt'> & { code: string }) | null
}
export type Asking = { question: string; model: Model; cards?: string[] | undefined }

const count = (number: number, noun: string): string => `${number} ${number === 1 ? noun : `${noun}s`}`

/** "Answer ready, 142 words, 3 sources". */
function readySentence({ text, sources }: Entry): string {
  const cited = citedIn(paragraphsOf(text, new Set(sources.map(({ number }) => number))))
  return `Answer ready, ${count(countWords(text), 'word')}, ${count(cited.length, 'source')}`
}

/** An answer with what just came of it. */
function withEvent(entry: Entry, event: AnswerEvent): Entry {
  if (event.type === 'sources') return { ...entry, sources: event.sources, isCut: event.isCut }
  if (event.type === 'text') return { ...entry, text: entry.text + event.text }
  if (event.type === 'done') return { ...entry, status: 'done', end: event.end }
  const { type: _, ...trouble } = event
  return { ...entry, status: 'failed', trouble }
}

function withError(entry: Entry, error: unknown): Entry {
  const { kind, message } = problemOf(error)
  const hasBegun = entry.text !== '' || entry.sources.length > 0
  const detail = hasBegun && kind === 'unexpected' ? 'The answer broke off. What came until then is kept.' : message
  return { ...entry, status: 'failed', trouble: { code: kind, detail } }
}

export type Answers = {
  entries: readonly Entry[]
  /** The one that is being answered. */
  running: Entry | null
  ask: (asking: Asking) => void
  stop: () => void
}

/** Questions and their answers, in memory of this page and nowhere else; one is answered at a time. */
export function useAnswers(at: { org: string; board: string }): Answers {
  const [entries, setEntries] = useState<readonly Entry[]>([])
  const under = useRef<{ id: string; abort: AbortController } | null>(null)
  useEffect(() => () => under.current?.abort.abort(), [])

  const change = (id: string, to: (entry: Entry) => Entry) =>
    setEntries((all) => all.map((entry) => (entry.id === id ? to(entry) : entry)))

  const ask: Answers['ask'] = ({ question, model, cards }) => {
    if (under.current) return
    const [id, abort] = [crypto.randomUUID(), new AbortController()]
    under.current = { id, abort }
    let entry: Entry = {
      id,
      question,
      model,
      status: 'asking',
      text: '',
      sources: [],
      isCut: false,
      end: null,
      trouble: null,
    }
    setEntries((all) => [...all, entry])
    announce('Answering')
    const take = (next: Entry) => {
      if (abort.signal.aborted) return
      entry = next
      change(id, () => next)
    }
    const onEvent = (event: AnswerEvent) => take(withEvent(entry, event))
    void askBoard(at, { question, model: model.id, ...(cards ? { cards } : {}) }, { onEvent, signal: abort.signal })
      .then(() => {
        if (entry.status === 'asking') take(withError(entry, null))
      })
      .catch((error: unknown) => take(withError(entry, error)))
      .finally(() => {
        if (abort.signal.aborted) return
        under.current = null
        announce(entry.status === 'done' ? readySentence(entry) : (entry.trouble?.detail ?? ''))
      })
  }
  const stop = () => {
    const running = under.current
    if (!running) return
    under.current = null
    running.abort.abort()
    change(running.id, (entry) => ({ ...entry, status: 'stopped' }))
    announce('Stopped')
  }
  return { entries, running: entries.find(({ status }) => status === 'asking') ?? null, ask, stop }
}
