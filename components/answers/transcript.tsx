'use client'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Source } from '#lib/answers/schema.ts'
import { Answer } from './answer.tsx'
import type { Answers, Entry } from './use-answers.ts'

const NEAR_PX = 40

/** Follows what comes to its end, unless the person scrolled up to read. */
function useFollowing(text: string) {
  const box = useRef<HTMLDivElement>(null)
  const isFollowing = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts when more has come
  useEffect(() => {
    if (isFollowing.current) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [text])
  const onScroll = () => {
    const at = box.current
    if (at) isFollowing.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_PX
  }
  return { box, onScroll }
}

/** Questions and answers, the newest last; before the first one, what could be asked. */
export function Transcript({
  answers,
  starters,
  mayAsk,
  onStart,
  onAgain,
  onCite,
}: {
  answers: Answers
  starters: readonly string[]
  mayAsk: boolean
  onStart: (question: string) => void
  onAgain: (entry: Entry) => void
  onCite: (source: Source) => void
}) {
  const { entries, running } = answers
  const last = entries.at(-1)
  const { box, onScroll } = useFollowing(`${entries.length} ${last?.text ?? ''} ${last?.status ?? ''}`)
  return (
    <section
      ref={box}
      onScroll={onScroll}
      aria-label="Answers"
      className="grid min-h-0 flex-1 content-start gap-6 overflow-y-auto p-4"
    >
      {entries.length === 0 && (
        <div className="grid justify-items-start gap-2">
          <p className="text-ink-2">Answers come from the cards you can see. Nobody else sees them.</p>
          {starters.map((question) => (
            <Button
              key={question}
              aria-disabled={!mayAsk || undefined}
              onClick={() => mayAsk && onStart(question)}
              className="h-auto min-h-8 max-w-full whitespace-normal py-1 text-start"
            >
              {question}
            </Button>
          ))}
        </div>
      )}
      {entries.map((entry) => (
        <Answer key={entry.id} entry={entry} isBusy={running !== null} onCite={onCite} onAgain={() => onAgain(entry)} />
      ))}
    </section>
  )
}
