import { cva } from 'class-variance-authority'
import { bodyOf, numberIn, textIn } from './body.ts'
import { priceText, tokensText, wayText } from './model-words.ts'
import { type BodyProps, Footer } from './parts.tsx'

const words = cva('whitespace-pre-line break-words text-ink-2', {
  variants: { size: { M: 'line-clamp-2', L: 'line-clamp-5' } },
})

/** A model: how much it reads at once, what it costs, what goes in and comes out. */
export function Model({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const context = numberIn(body, 'contextLength')
  const ends = textIn(body, 'endsOn')
  const price = priceText(textIn(body, 'inputPrice'), textIn(body, 'outputPrice'))
  const reads = context !== null && tokensText(context)
  return (
    <>
      {size !== 'S' && (
        <p className="truncate text-ink-2">{[reads, wayText(textIn(body, 'modality'))].filter(Boolean).join(' · ')}</p>
      )}
      {price && <p className="truncate text-ink-2 tabular-nums">{price}</p>}
      {size !== 'S' && resource.excerpt && <p className={words({ size })}>{resource.excerpt}</p>}
      <Footer parts={size === 'S' ? [reads] : [textIn(body, 'model'), ends && `ends on ${ends}`]} />
    </>
  )
}
