'use client'
import { Fragment } from 'react'
import type { Source } from '#lib/answers/schema.ts'
import type { Paragraph, Sentence } from './answer-text.ts'

type Cite = { sources: readonly Source[]; onCite: (source: Source) => void }

function Words({ sentence, isMarked, sources, onCite }: Cite & { sentence: Sentence; isMarked: boolean }) {
  return (
    <span>
      {sentence.parts.map((part, at) => {
        if ('words' in part)
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence, never reordered
          return <Fragment key={at}>{part.words}</Fragment>
        const source = sources.find(({ number }) => number === part.cites)
        return source ? (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: the same
            key={at}
            type="button"
            aria-label={`Source ${source.number}: ${source.title}`}
            onClick={() => onCite(source)}
            className="mx-0.5 inline-flex min-h-6 min-w-6 items-center justify-center rounded-badge bg-accent-soft px-1 align-baseline font-medium text-accent text-small tabular-nums hover:underline"
          >
            {source.number}
          </button>
        ) : null
      })}
      {isMarked && !sentence.isGrounded && <span className="text-ink-3 text-small"> (not from your cards) </span>}
    </span>
  )
}

/** A model's words: paragraphs of text and the numbers of cards. Nothing in them is markup, a link or a picture. */
export function AnswerWords({
  paragraphs,
  isMarked,
  ...cite
}: Cite & { paragraphs: readonly Paragraph[]; isMarked: boolean }) {
  return (
    <>
      {paragraphs.map((paragraph, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text, never reordered
        <p key={at} className="break-words">
          {paragraph.map((sentence, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same
            <Words key={n} sentence={sentence} isMarked={isMarked} {...cite} />
          ))}
        </p>
      ))}
    </>
  )
}
