'use client'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { clockTime } from '#components/ui/time-text.ts'
import { shownNow } from '#components/ui/use-preferences.ts'
import { NOTHING_SAID, type Source } from '#lib/answers/schema.ts'
import { AddToBoard } from './add-to-board.tsx'
import { citedIn, type Paragraph, paragraphsOf, wholeSentences } from './answer-text.ts'
import { AnswerWords } from './answer-words.tsx'
import type { Entry } from './use-answers.ts'

const BUSY_AFTER_MS = 2_000

function Thinking({ model }: { model: string }) {
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), BUSY_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return <p className="text-ink-2">{isSlow ? `Thinking… (${model} is busy)` : 'Thinking…'}</p>
}

/** What an answer says in the end: an ungrounded one says so before anything else. */
function readingOf({ status, text, sources }: Entry): { paragraphs: Paragraph[]; isUngrounded: boolean } {
  const known = new Set(sources.map(({ number }) => number))
  const shown = status === 'asking' ? wholeSentences(text) : text
  const paragraphs = paragraphsOf(shown, known)
  const isUngrounded = status === 'done' && citedIn(paragraphs).length === 0
  return { paragraphs: text.trim() === NOTHING_SAID && isUngrounded ? [] : paragraphs, isUngrounded }
}

const endings = {
  length: 'The answer ends here because it may not be longer.',
  filter: 'The model kept the rest of its answer back.',
} as const

function Ending({ entry, onRetry }: { entry: Entry; onRetry: () => void }) {
  const { status, end, trouble, isCut } = entry
  const time = trouble?.retryAt && clockTime(Date.parse(trouble.retryAt), shownNow())
  return (
    <>
      {isCut && <p className="text-ink-3 text-small">Using the 20 most recent cards.</p>}
      {status === 'stopped' && <p className="font-medium text-ink-2 text-small">Stopped</p>}
      {end && end !== 'whole' && <p className="text-ink-2 text-small">{endings[end]}</p>}
      {trouble && (
        <Notice
          tone="warn"
          actions={
            <Button size="row" onClick={onRetry}>
              Try again
            </Button>
          }
        >
          {trouble.detail}
          {time && ` Here that is ${time}.`}
        </Notice>
      )}
    </>
  )
}

/** One question and what came of it. While it comes, nothing of it is read out by itself. */
export function Answer({
  entry,
  isBusy,
  onCite,
  onAgain,
}: {
  entry: Entry
  /** Whether any answer is on its way. */
  isBusy: boolean
  onCite: (source: Source) => void
  onAgain: () => void
}) {
  const { status, question, sources, text, model } = entry
  const { paragraphs, isUngrounded } = readingOf(entry)
  const isOver = status !== 'asking'
  const cited = citedIn(paragraphs)
  return (
    <article aria-labelledby={`${entry.id}-question`} data-answer={status} className="grid gap-2">
      <h3 id={`${entry.id}-question`} className="whitespace-pre-line break-words font-semibold">
        {question}
      </h3>
      <div aria-busy={!isOver} data-words className="grid gap-2 text-base">
        {!isOver && paragraphs.length === 0 && <Thinking model={model.title} />}
        {isUngrounded && <p>{NOTHING_SAID}</p>}
        <AnswerWords paragraphs={paragraphs} isMarked={isOver} sources={sources} onCite={onCite} />
      </div>
      <Ending entry={entry} onRetry={onAgain} />
      {isOver && (
        <div className="-ms-3 flex flex-wrap items-center">
          {text && <CopyButton value={text} label="Copy" />}
          {text && <AddToBoard entry={entry} cited={sources.filter(({ number }) => cited.includes(number))} />}
          {!entry.trouble && (
            <Button
              size="row"
              variant="quiet"
              aria-disabled={isBusy || undefined}
              onClick={isBusy ? undefined : onAgain}
            >
              Regenerate
            </Button>
          )}
        </div>
      )}
      {isOver && <p className="text-ink-3 text-small">{model.title}</p>}
    </article>
  )
}
