import { bodyOf, numberIn, textIn } from './body.ts'
import { priceText, tokensText, wayText } from './model-words.ts'
import { type BodyProps, Footer } from './parts.tsx'

/** A model: how much it reads at once, what it costs, what goes in and comes out. */
export function Model({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const context = numberIn(body, 'contextLength')
  const ends = textIn(body, 'endsOn')
  const price = priceText(textIn(body, 'inputPrice'), textIn(body, 'outputPrice'))
  return (
    <>
      <p className="line-clamp-2 break-words text-ink-2">
        {[context !== null && tokensText(context), size !== 'S' && wayText(textIn(body, 'modality'))]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {price && <p className="text-ink-2 tabular-nums">{price}</p>}
      {size !== 'S' && resource.excerpt && (
        <p className="line-clamp-3 whitespace-pre-line break-words text-ink-2">{resource.excerpt}</p>
      )}
      <Footer parts={[textIn(body, 'model'), ends && `ends on ${ends}`]} />
    </>
  )
}
